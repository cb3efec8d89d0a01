using System.Text.Json;

namespace DmpFederation.Sdk;

/// <content>Codings, concepts, labels and identifiers.</content>
internal ref partial struct EntryReader
{
    private bool ReadConceptProperty(Field field)
    {
        switch (field)
        {
            case Field.Code:
                ReadConcepts(ref code);
                return true;
            case Field.Type:
                ReadConcepts(ref kind);
                return true;
            case Field.Category:
                stated = StatedCategory.None;
                ReadConcepts(ref category, categories: true);
                return true;
            case Field.Class:
                ReadConcepts(ref encounterClass);
                return true;
            case Field.VaccineCode:
                ReadConcepts(ref vaccine);
                return true;
            case Field.MedicationCodeableConcept:
                ReadConcepts(ref medicine);
                return true;
            case Field.ProcedureCode:
                ReadConcepts(ref imagingAct);
                return true;
            case Field.Modality:
                ReadConcepts(ref modality);
                return true;
            case Field.Description:
                if (json.TokenType == JsonTokenType.StartObject)
                    ReadConcepts(ref described);
                else
                    ReadText(ref description);
                return true;
            case Field.Item:
                ReadItems();
                return true;
            default:
                return false;
        }
    }

    // One concept or several, of which the first that says something is kept. Of categories every coding counts towards what is stated.
    private void ReadConcepts(ref Concept place, bool categories = false)
    {
        var found = default(Concept);
        for (var list = Elements(); Next(ref list);)
        {
            var concept = ReadConcept(categories);
            if (found.IsEmpty)
                found = concept;
        }
        if (!found.IsEmpty)
            place = found;
    }

    /// <summary>Reads a CodeableConcept, or a Coding that stands where other types have a CodeableConcept.</summary>
    private Concept ReadConcept(bool isCategory = false)
    {
        var concept = default(Concept);
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return concept;
        }
        string? system = null, value = null, display = null;
        for (var field = Next(); field != Field.Over; field = Next())
        {
            switch (field)
            {
                case Field.Coding:
                    ReadCodings(ref concept, isCategory);
                    break;
                case Field.Text:
                    ReadText(ref concept.Text);
                    break;
                case Field.System:
                    system = Term() ?? system;
                    break;
                case Field.Code:
                    value = Term() ?? value;
                    break;
                case Field.Display:
                    display = Term() ?? display;
                    break;
                default:
                    json.Skip();
                    break;
            }
        }
        if (concept.Codings is null && (value ?? display) is not null)
        {
            var lone = TermPool.Get(system, value, display);
            concept.Choose(lone.Coding);
            concept.Codings = lone.Alone;
        }
        return concept;
    }

    private void ReadCodings(ref Concept concept, bool isCategory)
    {
        var (isList, from) = (json.TokenType == JsonTokenType.StartArray, Here());
        if (isList && json.HasRoomBelow && CodingMemo.Find(bytes[from..]) is { } known)
        {
            json.EndListAfter(known.Utf8.Length);
            (concept.Chosen, concept.Codings) = (known.Chosen, known.Codings);
        }
        else
        {
            hasMoreThanCodings = false;
            ReadCodings(ref concept);
            if (isList && concept.Codings is not null && !hasMoreThanCodings)
                CodingMemo.Keep(bytes[from..(Here() + 1)], concept.Codings, concept.Chosen!);
        }
        for (var index = 0; isCategory && index < (concept.Codings?.Count ?? 0); index++)
            stated |= EntryCategories.Stated(concept.Codings![index]);
    }

    private void ReadCodings(ref Concept concept)
    {
        PooledCoding? first = null;
        Coding[]? all = null;
        var count = 0;
        concept.Chosen = null;
        concept.Codings = null;
        for (var list = Elements(); Next(ref list);)
        {
            if (ReadCoding() is not { } pooled)
                continue;
            concept.Choose(pooled.Coding);
            if (count == 0)
            {
                first = pooled;
            }
            else
            {
                all ??= [first!.Coding, null!, null!, null!];
                if (count == all.Length)
                    Array.Resize(ref all, count * 2);
                all[count] = pooled.Coding;
            }
            count++;
        }
        concept.Codings = all is null ? first?.Alone : [.. all.AsSpan(0, count)];
    }

    // Null when it has neither code nor display: an extension alone, such as a data-absent-reason.
    private PooledCoding? ReadCoding()
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return null;
        }
        string? system = null, value = null, display = null;
        for (var field = Next(); field != Field.Over; field = Next())
        {
            switch (field)
            {
                case Field.System:
                    system = Term() ?? system;
                    break;
                case Field.Code:
                    value = Term() ?? value;
                    break;
                case Field.Display:
                    display = Term() ?? display;
                    break;
                default:
                    hasMoreThanCodings = true; // an extension may hold any text
                    json.Skip();
                    break;
            }
        }
        return (value ?? display) is null ? null : TermPool.Get(system, value, display);
    }

    private string? ReadCode() => ReadConcept().Chosen?.Code;

    // ExplanationOfBenefit.item: the first act or product billed.
    private void ReadItems()
    {
        var found = default(Concept);
        for (var list = Elements(); Next(ref list);)
        {
            if (json.TokenType != JsonTokenType.StartObject)
            {
                json.Skip();
                continue;
            }
            for (var field = Next(); field != Field.Over; field = Next())
            {
                if (field == Field.ProductOrService && found.IsEmpty)
                    found = ReadConcept();
                else
                    json.Skip();
            }
        }
        if (!found.IsEmpty)
            billed = found;
    }

    private void ReadMeta()
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return;
        }
        for (var field = Next(); field != Field.Over; field = Next())
        {
            switch (field)
            {
                case Field.VersionId:
                    ReadText(ref version);
                    break;
                case Field.LastUpdated:
                    ReadText(ref lastUpdated);
                    break;
                case Field.Security:
                    for (var list = Elements(); Next(ref list);)
                        AddLabel(ReadCoding());
                    break;
                default:
                    json.Skip();
                    break;
            }
        }
    }

    private void ReadLabelConcept()
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return;
        }
        for (var field = Next(); field != Field.Over; field = Next())
        {
            if (field != Field.Coding)
            {
                json.Skip();
                continue;
            }
            for (var list = Elements(); Next(ref list);)
                AddLabel(ReadCoding());
        }
    }

    private void AddLabel(PooledCoding? label)
    {
        if (label?.Coding is { Code: { } value } && ConfidentialitySystems.Contains(label.Coding.System))
            AddLabel(value);
    }

    private void AddLabel(string value)
    {
        labels ??= new List<string>(2);
        if (!labels.Contains(value))
            labels.Add(value);
    }

    private void ReadIdentifier(bool master)
    {
        ReadIdentifier(out var system, out var value);
        if (Text(value) is not { } text)
            return;
        var identifier = new BusinessIdentifier(system ?? "", text);
        if (master)
        {
            masterIdentifier = identifier;
            return;
        }
        identifiers ??= new BusinessIdentifier[1]; // most have one
        if (identifierCount == identifiers.Length)
            Array.Resize(ref identifiers, identifierCount * 2);
        identifiers[identifierCount++] = identifier;
    }

    private void ReadIdentifier(out string? system, out Slice value)
    {
        (system, value) = (null, default);
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return;
        }
        for (var field = Next(); field != Field.Over; field = Next())
        {
            switch (field)
            {
                case Field.System:
                    system = Term() ?? system;
                    break;
                case Field.Value:
                    ReadText(ref value);
                    break;
                default:
                    json.Skip();
                    break;
            }
        }
    }

    /// <summary>A concept as noted: its codings, and the place of its text.</summary>
    private struct Concept
    {
        internal Slice Text;
        internal Coding? Chosen;
        internal IReadOnlyList<Coding>? Codings;

        internal readonly bool IsEmpty => Codings is null && Text.Length == 0;

        // The first with system and code; failing that the first with a code; failing that the first.
        internal void Choose(Coding coding)
        {
            if (Chosen is null || Rank(coding) > Rank(Chosen))
                Chosen = coding;
        }

        private static int Rank(Coding coding) => coding.Code is null ? 0 : coding.System is null ? 1 : 2;
    }
}
