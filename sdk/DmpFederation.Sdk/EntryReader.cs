using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace DmpFederation.Sdk;

/// <summary>
/// Fills an envelope in one forward pass over the bytes of a resource. The pass notes what any resource type could need, whatever the order of the
/// properties; the type decides at the end which notes make the envelope (<c>EntryReader.Compose.cs</c>). Of dates and texts only the place is
/// noted, and the string made when it is chosen. Looked at again at the end, since what they need may come later: references to authors, the
/// contained resources they name, and the components of an observation without a value. A property of an unexpected JSON type is as if absent; of
/// a property written twice the last counts, as JSON parsers do, but every confidentiality label counts.
/// </summary>
internal ref partial struct EntryReader
{
    private const int DateCount = (int)Field.ContextPeriod + 1;
    private const int PeopleCount = (int)Field.Sender - (int)Field.Performer + 1;
    private const int LongestTypeName = 64;

    private readonly ReadOnlySpan<byte> bytes;
    private JsonCursor json;

    // Where `json` starts within `bytes`: it is set anew to look at a part again.
    private int origin;

    // Where the resource's first brace is.
    private int start;

    private string? type;
    private Slice id;
    private Slice version;
    private Slice lastUpdated;
    private Slice title;
    private Slice description;
    private Slice attachmentTitle;
    private Slice conclusion;
    private string? status;
    private string? clinicalStatus;
    private string? verificationStatus;
    private bool hasResults;
    private bool hasMoreThanCodings;
    private StatedCategory stated;
    private Places dates;
    private Positions people;
    private Reference subject;
    private Reference patient;
    private Reference medication;
    private Slice encounter;
    private List<string>? labels;
    private BusinessIdentifier? masterIdentifier;
    private BusinessIdentifier[]? identifiers;
    private int identifierCount;
    private int containedAt;
    private int componentAt;
    private Concept code;
    private Concept kind;
    private Concept category;
    private Concept encounterClass;
    private Concept vaccine;
    private Concept medicine;
    private Concept imagingAct;
    private Concept modality;
    private Concept billed;
    private Concept described;
    private Observed observed;
    private Quantity low;
    private Quantity high;
    private Quantity supplied;
    private string? interpretation;

    private EntryReader(ReadOnlySpan<byte> bytes)
    {
        this.bytes = bytes;
        json = new JsonCursor(bytes);
    }

    internal static DossierEntry Read(ReadOnlyMemory<byte> utf8Resource, EntryContext context)
    {
        ReadOnlySpan<byte> byteOrderMark = [0xEF, 0xBB, 0xBF];
        var resource = utf8Resource.Span.StartsWith(byteOrderMark) ? utf8Resource[byteOrderMark.Length..] : utf8Resource;
        // Strings that are only skipped are never decoded, and the bytes go into answers as they are: so the whole is checked here.
        if (!Utf8.IsValid(resource.Span))
            throw NotUtf8();
        var reader = new EntryReader(resource.Span);
        reader.ReadResource(utf8Resource.Length - resource.Length, alone: true);
        return reader.Compose(resource, context);
    }

    /// <summary>Reads the resource the bytes start with.</summary>
    internal static DossierEntry Read(ReadOnlyMemory<byte> utf8, EntryContext context, out int length)
    {
        var reader = new EntryReader(utf8.Span);
        reader.ReadResource(skipped: 0, alone: false);
        length = reader.json.Consumed;
        var resource = utf8[reader.start..length];
        if (!Utf8.IsValid(resource.Span))
            throw NotUtf8();
        return reader.Compose(resource, context);
    }

    private static EntryFormatException NotUtf8() => new("NOT_JSON", "Not JSON: the bytes are not valid UTF-8.");

    private void ReadResource(int skipped, bool alone)
    {
        try
        {
            json.Read();
            start = json.TokenStart;
            if (json.TokenType != JsonTokenType.StartObject)
                throw new EntryFormatException("NOT_A_RESOURCE", "Not a FHIR resource: expected one JSON object at byte 0.");
            for (var field = Next(); field != Field.Over; field = Next())
                ReadProperty(field);
            if (alone)
                json.Read(); // nothing but white space may follow
        }
        catch (JsonException)
        {
            // Its message may quote the bytes, so it is neither repeated nor kept.
            throw new EntryFormatException("NOT_JSON", $"Not JSON, or nested more than 64 deep, at byte {json.Consumed + skipped}.");
        }
        if (type is null)
            throw new EntryFormatException("NOT_A_RESOURCE", "Not a FHIR resource: the object has no usable resourceType.");
    }

    private void ReadProperty(Field field)
    {
        switch (field)
        {
            case <= Field.ContextPeriod:
                ReadDate(ref dates[(int)field]);
                break;
            case <= Field.Sender:
                people[(int)field - (int)Field.Performer] = Here();
                json.Skip();
                break;
            case Field.ResourceType:
                ReadType();
                break;
            case Field.Id:
                ReadText(ref id);
                break;
            case Field.Meta:
                ReadMeta();
                break;
            case Field.SecurityLabel:
                for (var list = Elements(); Next(ref list);)
                    ReadLabelConcept();
                break;
            case Field.Confidentiality: // Composition: a bare code of v3-Confidentiality
                if (Term() is { } confidentiality)
                    AddLabel(confidentiality);
                break;
            case Field.Identifier:
                identifierCount = 0;
                for (var list = Elements(); Next(ref list);)
                    ReadIdentifier(master: false);
                break;
            case Field.MasterIdentifier:
                ReadIdentifier(master: true);
                break;
            case Field.Subject:
                ReadReference(ref subject);
                break;
            case Field.Patient:
                ReadReference(ref patient);
                break;
            case Field.MedicationReference:
                ReadReference(ref medication);
                break;
            case Field.Encounter:
                ReadEncounter();
                break;
            case Field.Status:
                status = Term() ?? status;
                break;
            case Field.ClinicalStatus:
                clinicalStatus = ReadCode() ?? clinicalStatus;
                break;
            case Field.VerificationStatus:
                verificationStatus = ReadCode() ?? verificationStatus;
                break;
            case Field.Contained:
                containedAt = Here();
                json.Skip();
                break;
            case Field.Component:
                componentAt = Here();
                json.Skip();
                break;
            case Field.Title:
                ReadText(ref title);
                break;
            case Field.Conclusion:
                ReadText(ref conclusion);
                break;
            case Field.Result:
                hasResults = false;
                for (var list = Elements(); Next(ref list);)
                {
                    var result = default(Reference);
                    ReadReference(ref result);
                    hasResults |= !result.IsEmpty;
                }
                break;
            default:
                if (!ReadConceptProperty(field) && !ReadValueProperty(field))
                    json.Skip();
                break;
        }
    }

    private void ReadType()
    {
        var name = Term();
        if (name is null)
            return;
        // It becomes part of the local id, so it must look like a type name.
        foreach (var letter in name)
        {
            if (!char.IsAsciiLetter(letter))
                return;
        }
        if (!char.IsAsciiLetterUpper(name[0]) || name.Length > LongestTypeName)
            return;
        if (type is not null && type != name)
            throw new EntryFormatException("NOT_A_RESOURCE", "Not a FHIR resource: the object states two resource types.");
        type = name;
    }

    // A text, or a Period, of which the start is taken.
    private void ReadDate(ref Slice place)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            ReadText(ref place);
            return;
        }
        for (var field = Next(); field != Field.Over; field = Next())
        {
            if (field == Field.Start)
                ReadText(ref place);
            else
                json.Skip();
        }
    }

    /// <summary>Moves to the next property of the current object and onto its value; <see cref="Field.Over"/> at the object's end.</summary>
    private Field Next()
    {
        json.Read();
        if (json.TokenType == JsonTokenType.EndObject)
            return Field.Over;
        var field = json.ValueIsEscaped ? FindEscaped() : FieldNames.Find(json.ValueSpan);
        json.Read();
        return field;
    }

    /// <summary>
    /// Moves onto the next element of a list; false after the last. A lone value where a list belongs counts as its only element, which is also
    /// how a property that repeats in one resource type and not in another is read.
    /// </summary>
    private bool Next(ref List list)
    {
        switch (list)
        {
            case List.Lone:
                list = List.Over;
                return true;
            case List.Array:
                json.Read();
                return json.TokenType != JsonTokenType.EndArray;
            default:
                return false;
        }
    }

    private readonly List Elements() => json.TokenType == JsonTokenType.StartArray ? List.Array : List.Lone;

    private readonly int Here() => origin + json.TokenStart;

    private void GoTo(int place)
    {
        origin = place;
        json = new JsonCursor(bytes[place..]);
        json.Read();
    }

    private Field FindEscaped()
    {
        if (json.ValueSpan.Length > TermPool.MaxBytes)
            return Field.Unknown;
        Span<byte> name = stackalloc byte[TermPool.MaxBytes];
        return TryUnescape(name, out var length) ? FieldNames.Find(name[..length]) : Field.Unknown;
    }

    /// <summary>The current text out of the pool of terms; null when it is empty or no text.</summary>
    private string? Term()
    {
        if (json.TokenType != JsonTokenType.String)
        {
            json.Skip();
            return null;
        }
        if (json.ValueSpan.IsEmpty)
            return null;
        return json.ValueIsEscaped ? EscapedTerm() : TermPool.Get(json.ValueSpan);
    }

    private readonly string? EscapedTerm()
    {
        if (json.ValueSpan.Length > TermPool.MaxBytes)
            return Text(new Slice(Here() + 1, json.ValueSpan.Length, true));
        Span<byte> term = stackalloc byte[TermPool.MaxBytes];
        return TryUnescape(term, out var length) && length > 0 ? TermPool.Get(term[..length]) : null;
    }

    // A lone surrogate written as \ud800 is valid JSON and no text: the property is as if absent.
    private readonly bool TryUnescape(Span<byte> target, out int length)
    {
        try
        {
            length = json.CopyString(target);
            return true;
        }
        catch (InvalidOperationException)
        {
            length = 0;
            return false;
        }
    }

    /// <summary>Notes the place of the current text; left as it was when it is empty or no text.</summary>
    private void ReadText(ref Slice place)
    {
        if (json.TokenType == JsonTokenType.String && json.ValueSpan.Length > 0)
            place = new Slice(Here() + 1, json.ValueSpan.Length, json.ValueIsEscaped);
        else
            json.Skip();
    }

    /// <summary>The text noted, or null.</summary>
    private readonly string? Text(Slice place)
    {
        if (place.Length == 0)
            return null;
        if (!place.Escaped)
            return Encoding.UTF8.GetString(bytes.Slice(place.Start, place.Length));
        var quoted = new Utf8JsonReader(bytes.Slice(place.Start - 1, place.Length + 2));
        quoted.Read();
        try
        {
            return quoted.GetString() is { Length: > 0 } text ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Place of a text in the bytes, without its quotes. Length 0 when none was noted.</summary>
    private readonly record struct Slice(int Start, int Length, bool Escaped);

    private enum List
    {
        Lone,
        Array,
        Over,
    }

    [InlineArray(DateCount)]
    private struct Places
    {
        private Slice first;
    }

    [InlineArray(PeopleCount)]
    private struct Positions
    {
        private int first;
    }
}
