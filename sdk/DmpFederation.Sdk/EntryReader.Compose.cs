using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DmpFederation.Sdk;

/// <content>Which notes make the envelope of which type.</content>
internal ref partial struct EntryReader
{
    // R4 allows 64 characters; longer ones are read as well.
    private const int LongestId = 64;

    private DossierEntry Compose(ReadOnlyMemory<byte> resource, EntryContext context)
    {
        var name = type!;
        var localId = string.IsNullOrEmpty(context.LocalId) ? LocalId(name) : context.LocalId;
        var facts = FactsOf(name);
        return new DossierEntry
        {
            LocalId = localId,
            FiledUnder = context.FiledUnder,
            DocumentLocalId = context.DocumentLocalId,
            Category = facts.Category,
            Resource = resource,
            ResourceWasRead = true,
            Version = Text(version),
            Code = facts.Main.Chosen,
            Codings = facts.Main.Codings ?? [],
            Date = facts.Date,
            Title = facts.Title ?? name,
            Value = facts.Value,
            Author = facts.Author,
            Status = facts.Status,
            Confidentiality = Labels(context.Confidentiality),
            Identifiers = Identifiers(),
            Recorded = DateAt(lastUpdated) is { Precision: DatePrecision.Instant } moment ? new DateTimeOffset(moment.StartUtc) : null,
            Subject = Key(subject) ?? Key(patient),
            EncounterLocalId = encounter.Escaped && Text(encounter) is { } escaped
                ? EncounterReference.LocalIdOf(Encoding.UTF8.GetBytes(escaped))
                : null,
            EncounterAt = encounter.Escaped || encounter.Length == 0
                ? default
                : (encounter.Start - (resource.Length == bytes.Length ? 0 : start), encounter.Length),
        };
    }

    private readonly string LocalId(string name)
    {
        if (id is { Length: > 0 and <= LongestId, Escaped: false })
        {
            Span<char> own = stackalloc char[LongestId];
            return string.Concat(name, "/", own[..Encoding.UTF8.GetChars(bytes.Slice(id.Start, id.Length), own)]);
        }
        return Text(id) is { } text
            ? $"{name}/{text}"
            : throw new EntryFormatException("NO_ID", "The resource has no id, and the connector gave the entry no local id.");
    }

    private Facts FactsOf(string name)
    {
        switch (name)
        {
            case "Observation":
                return new Facts(EntryCategories.OfObservation(stated, code.Codings ?? [], IsMeasured), code)
                {
                    Date = First(Field.EffectiveDateTime, Field.EffectivePeriod, Field.EffectiveInstant, Field.Issued),
                    Title = Label(code),
                    Value = ObservedValue(),
                    Author = AuthorOf(Field.Performer),
                    Status = status,
                };
            case "DiagnosticReport":
                return new Facts(EntryCategories.OfDiagnosticReport(stated, code.Codings ?? [], hasResults), code)
                {
                    Date = First(Field.EffectiveDateTime, Field.EffectivePeriod, Field.Issued),
                    Title = Label(code),
                    Value = Text(conclusion) is { } text ? new EntryValue { Text = text } : null,
                    Author = AuthorOf(Field.Performer, Field.ResultsInterpreter),
                    Status = status,
                };
            case "MedicationRequest":
                return Medication(First(Field.AuthoredOn), SuppliedValue(), AuthorOf(Field.Requester, Field.Recorder));
            case "MedicationDispense":
                return Medication(First(Field.WhenHandedOver, Field.WhenPrepared), SuppliedValue(), AuthorOf(Field.Performer));
            case "MedicationStatement":
                return Medication(
                    First(Field.EffectiveDateTime, Field.EffectivePeriod, Field.DateAsserted), null, AuthorOf(Field.InformationSource));
            case "DocumentReference":
                return new Facts(EntryCategory.Document, kind)
                {
                    Date = First(Field.Date, Field.ContextPeriod),
                    Title = Shown(description) ?? Label(kind) ?? Shown(attachmentTitle) ?? Label(category),
                    Author = AuthorOf(Field.Author, Field.Custodian),
                    Status = status,
                };
            case "Condition":
                return Problem(EntryCategory.Condition);
            case "AllergyIntolerance":
                return Problem(EntryCategory.Allergy);
            case "Immunization":
                return new Facts(EntryCategory.Immunization, vaccine)
                {
                    Date = First(Field.OccurrenceDateTime, Field.Recorded),
                    Title = Label(vaccine),
                    Value = SuppliedValue(),
                    Author = AuthorOf(Field.Performer),
                    Status = status,
                };
            case "Procedure":
                return new Facts(EntryCategory.Procedure, code)
                {
                    Date = First(Field.PerformedDateTime, Field.PerformedPeriod),
                    Title = Label(code),
                    Author = AuthorOf(Field.Performer, Field.Recorder, Field.Asserter),
                    Status = status,
                };
            case "Encounter":
                return new Facts(EntryCategory.Encounter, kind.IsEmpty ? encounterClass : kind)
                {
                    Date = First(Field.Period),
                    Title = Label(kind) ?? Label(encounterClass),
                    Author = AuthorOf(Field.Participant, Field.ServiceProvider),
                    Status = status,
                };
            case "ImagingStudy":
                return new Facts(EntryCategory.Imaging, imagingAct.IsEmpty ? modality : imagingAct)
                {
                    Date = First(Field.Started),
                    Title = Shown(description) ?? Label(imagingAct) ?? Label(modality),
                    Author = AuthorOf(Field.Interpreter),
                    Status = status,
                };
            case "CarePlan":
                return new Facts(EntryCategory.CarePlan, category)
                {
                    Date = First(Field.Period, Field.Created),
                    Title = Shown(title) ?? Label(category) ?? Shown(description),
                    Author = AuthorOf(Field.Author, Field.Contributor),
                    Status = status,
                };
            case "ExplanationOfBenefit":
                return new Facts(EntryCategory.Reimbursement, billed.IsEmpty ? kind : billed)
                {
                    Date = First(Field.BillablePeriod, Field.Created),
                    Title = Label(billed) ?? Label(kind),
                    Author = AuthorOf(Field.Provider),
                    Status = status,
                };
            default:
                return Another();
        }
    }

    private Facts Medication(FhirDate? date, EntryValue? value, EntryAuthor? author)
    {
        var concept = medicine;
        if (concept.IsEmpty && Text(medication.Target) is { Length: > 1 } target && target[0] == '#' && GoToContained(target.AsSpan(1)))
        {
            for (var field = Next(); field != Field.Over; field = Next())
            {
                if (field == Field.Code)
                    ReadConcepts(ref concept);
                else
                    json.Skip();
            }
        }
        return new Facts(EntryCategory.Medication, concept)
        {
            Date = date,
            Title = Label(concept) ?? Shown(medication.Display),
            Value = value,
            Author = author,
            Status = status,
        };
    }

    // A problem entered in error has no clinical status (R4 con-5, ait-2): that it is withdrawn must not be lost.
    private Facts Problem(EntryCategory of) => new(of, code)
    {
        Date = First(Field.OnsetDateTime, Field.OnsetPeriod, Field.RecordedDate),
        Title = Label(code),
        Author = AuthorOf(Field.Recorder, Field.Asserter),
        Status = verificationStatus == "entered-in-error" ? verificationStatus : clinicalStatus ?? verificationStatus,
    };

    // Types without a category of their own: what most R4 types that concern a patient have in common.
    private Facts Another()
    {
        var main = !code.IsEmpty ? code : !kind.IsEmpty ? kind : described;
        return new Facts(EntryCategory.Other, main)
        {
            Date = First(
                Field.EffectiveDateTime, Field.EffectivePeriod, Field.OccurrenceDateTime, Field.OccurrencePeriod, Field.PerformedDateTime,
                Field.PerformedPeriod, Field.Date, Field.DateTime, Field.Authored, Field.AuthoredOn, Field.Period, Field.Started,
                Field.BillablePeriod, Field.Issued, Field.Sent, Field.RecordedDate, Field.Recorded, Field.Created),
            Title = Shown(title) ?? Label(code) ?? Shown(description) ?? Label(kind) ?? Label(described),
            Author = AuthorOf(
                Field.Author, Field.Performer, Field.Requester, Field.Recorder, Field.Asserter, Field.Provider, Field.Sender, Field.Custodian),
            Status = status,
        };
    }

    private readonly bool IsMeasured => observed.Quantity.Number is not null || low.Number is not null || high.Number is not null;

    private EntryValue? ObservedValue()
    {
        var text = observed.Made ?? Text(observed.Concept.Text);
        if (observed.IsEmpty && componentAt != 0)
            text = PrintComponents();
        var (number, coding) = (observed.Quantity.Number, observed.Concept.Chosen);
        var referenceLow = observed.Quantity.SameUnit(low) ? low.Number : null;
        var referenceHigh = observed.Quantity.SameUnit(high) ? high.Number : null;
        if (observed.Quantity.IsEmpty && text is null && coding is null && referenceLow is null && referenceHigh is null && interpretation is null)
            return null;
        return new EntryValue
        {
            Number = number,
            Comparator = observed.Quantity.Comparator,
            Unit = observed.Quantity.Printed,
            UnitCode = observed.Quantity.UcumCode,
            Coding = coding,
            Text = text,
            ReferenceLow = referenceLow,
            ReferenceHigh = referenceHigh,
            Interpretation = interpretation,
        };
    }

    // Blood pressure as doctors write it; any other panel as "label: value; label: value".
    private string? PrintComponents()
    {
        GoTo(componentAt);
        var (systolic, diastolic) = (default(Quantity), default(Quantity));
        StringBuilder? parts = null;
        for (var list = Elements(); Next(ref list);)
        {
            var (label, value) = ReadComponent();
            if (IsLoinc(label, SystolicCode))
                systolic = value.Quantity;
            else if (IsLoinc(label, DiastolicCode))
                diastolic = value.Quantity;
            if ((value.Quantity.Print() ?? value.Made ?? Label(value.Concept)) is not { } printed)
                continue;
            parts = parts is null ? new StringBuilder() : parts.Append("; ");
            parts.Append(Label(label) is { } shown ? shown + ": " : "").Append(printed);
        }
        if (systolic is { Number: { } over, Comparator: null } && diastolic is { Number: not null, Comparator: null } && systolic.SameUnit(diastolic))
        {
            diastolic.Unit = systolic.Printed ?? diastolic.Printed;
            return $"{over.ToString(CultureInfo.InvariantCulture)}/{diastolic.Print()}";
        }
        return parts?.ToString();
    }

    private (Concept Label, Observed Value) ReadComponent()
    {
        var (label, value) = (default(Concept), default(Observed));
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return (label, value);
        }
        for (var field = Next(); field != Field.Over; field = Next())
        {
            if (field == Field.Code)
                ReadConcepts(ref label);
            else if (field is >= Field.ValueQuantity and <= Field.ValuePeriod)
                ReadObserved(field, ref value);
            else
                json.Skip();
        }
        return (label, value);
    }

    private static bool IsLoinc(in Concept concept, string wanted)
    {
        for (var index = 0; index < (concept.Codings?.Count ?? 0); index++)
        {
            if (concept.Codings![index] is { System: Loinc } coding && coding.Code == wanted)
                return true;
        }
        return false;
    }

    private readonly EntryValue? SuppliedValue() => supplied.IsEmpty
        ? null
        : new EntryValue
        {
            Number = supplied.Number,
            Comparator = supplied.Comparator,
            Unit = supplied.Printed,
            UnitCode = supplied.UcumCode,
        };

    private readonly FhirDate? First(params ReadOnlySpan<Field> candidates)
    {
        foreach (var candidate in candidates)
        {
            if (DateAt(dates[(int)candidate]) is { } date)
                return date;
        }
        return null;
    }

    private readonly FhirDate? DateAt(Slice place)
    {
        if (place.Length == 0)
            return null;
        if (!place.Escaped)
            return FhirDate.TryParse(bytes.Slice(place.Start, place.Length), out var date) ? date : null;
        return FhirDate.TryParse(Text(place), out var unescaped) ? unescaped : null;
    }

    // The text, else the display of the chosen coding, else of any, else its code.
    private readonly string? Label(in Concept concept)
    {
        if (Shown(concept.Text) is { } text)
            return text;
        if (!string.IsNullOrWhiteSpace(concept.Chosen?.Display))
            return concept.Chosen.Display;
        for (var index = 0; index < (concept.Codings?.Count ?? 0); index++)
        {
            if (!string.IsNullOrWhiteSpace(concept.Codings![index].Display))
                return concept.Codings[index].Display;
        }
        return string.IsNullOrWhiteSpace(concept.Chosen?.Code) ? null : concept.Chosen.Code;
    }

    private readonly string? Shown(Slice place) => Text(place) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    // In ordinal order, so that the order of properties shows nowhere.
    private IReadOnlyList<string> Labels(IReadOnlyList<string>? ofDocument)
    {
        for (var index = 0; index < (ofDocument?.Count ?? 0); index++)
            AddLabel(ofDocument![index]);
        labels?.Sort(StringComparer.Ordinal);
        return labels is null ? [] : [.. labels];
    }

    private readonly IReadOnlyList<BusinessIdentifier> Identifiers()
    {
        if (masterIdentifier is null && identifiers?.Length == identifierCount)
            return identifiers;
        var others = identifiers.AsSpan(0, identifierCount);
        return masterIdentifier is { } master ? [master, .. others] : others.IsEmpty ? [] : [.. others];
    }

    /// <summary>The parts of an envelope that depend on the type.</summary>
    private readonly ref struct Facts(EntryCategory category, Concept main)
    {
        internal EntryCategory Category => category;

        internal Concept Main => main;

        internal FhirDate? Date { get; init; }

        internal string? Title { get; init; }

        internal EntryValue? Value { get; init; }

        internal EntryAuthor? Author { get; init; }

        internal string? Status { get; init; }
    }
}
