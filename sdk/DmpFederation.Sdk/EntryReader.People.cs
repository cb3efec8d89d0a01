using System.Text;
using System.Text.Json;

namespace DmpFederation.Sdk;

/// <content>References: the subject, the medicine, the authors and the contained resources they point to.</content>
internal ref partial struct EntryReader
{
    // Enough for any real list of performers; it bounds the work a hostile resource can ask for.
    private const int MostAuthors = 16;

    private const string NationalProfessionalId = "urn:oid:1.2.250.1.71.4.2.1";
    private const string NationalRpps = "https://rpps.esante.gouv.fr";

    private void ReadReference(ref Reference place)
    {
        if (json.TokenType == JsonTokenType.StartObject)
            place = ReadReferenceObject(out _);
        else
            json.Skip();
    }

    // The first encounter referred to: where several are, the fact is filed under the first.
    private void ReadEncounter()
    {
        var found = default(Slice);
        for (var list = Elements(); Next(ref list);)
        {
            if (json.TokenType != JsonTokenType.StartObject)
            {
                json.Skip();
                continue;
            }
            for (var field = Next(); field != Field.Over; field = Next())
            {
                if (field == Field.Reference && found.Length == 0)
                    ReadText(ref found);
                else
                    json.Skip();
            }
        }
        if (found.Length > 0)
            encounter = found;
    }

    // A Reference, or the element of a list that holds one in actor or individual, possibly with the organisation acted for.
    private Reference ReadReferenceObject(out Reference onBehalfOf)
    {
        var reference = default(Reference);
        onBehalfOf = default;
        for (var field = Next(); field != Field.Over; field = Next())
        {
            switch (field)
            {
                case Field.Reference:
                    ReadText(ref reference.Target);
                    break;
                case Field.Type:
                    reference.Type = Term() ?? reference.Type;
                    break;
                case Field.Display:
                    ReadText(ref reference.Display);
                    break;
                case Field.Identifier:
                    ReadIdentifier(out reference.System, out reference.Value);
                    break;
                case Field.Actor or Field.Individual:
                    ReadReference(ref reference);
                    break;
                case Field.OnBehalfOf:
                    ReadReference(ref onBehalfOf);
                    break;
                default:
                    json.Skip();
                    break;
            }
        }
        return reference;
    }

    // subject.identifier, or the search IHE MHD and PDSm write instead: Patient?identifier=system|value.
    private readonly PatientKey? Key(in Reference reference)
    {
        if (!string.IsNullOrEmpty(reference.System) && Text(reference.Value) is { } value)
            return new PatientKey(reference.System, value);
        const string Search = "Patient?identifier=";
        var place = reference.Target;
        // Nearly every reference names a resource: no text is made of it then.
        if (!place.Escaped && !bytes.Slice(place.Start, place.Length).StartsWith("Patient?identifier="u8))
            return null;
        if (Text(place) is not { } target || !target.StartsWith(Search, StringComparison.Ordinal))
            return null;
        var token = Uri.UnescapeDataString(target[Search.Length..]);
        var bar = token.IndexOf('|', StringComparison.Ordinal);
        return bar > 0 && bar < token.Length - 1 && !token.Contains('&', StringComparison.Ordinal)
            ? new PatientKey(token[..bar], token[(bar + 1)..])
            : null;
    }

    /// <summary>The first person and the first organisation that the properties name, taken in this order.</summary>
    private EntryAuthor? AuthorOf(params ReadOnlySpan<Field> properties)
    {
        var author = default(Author);
        var seen = 0;
        foreach (var property in properties)
        {
            var place = people[(int)property - (int)Field.Performer];
            if (place == 0)
                continue;
            GoTo(place);
            for (var list = Elements(); seen < MostAuthors && !author.IsComplete && Next(ref list); seen++)
            {
                if (json.TokenType != JsonTokenType.StartObject)
                {
                    json.Skip();
                    continue;
                }
                var reference = ReadReferenceObject(out var onBehalfOf);
                var resume = json;
                var resumeOrigin = origin;
                Take(reference, ref author, isOrganization: property is Field.Custodian or Field.ServiceProvider);
                Take(onBehalfOf, ref author, isOrganization: true);
                json = resume;
                origin = resumeOrigin;
            }
        }
        return author.Make();
    }

    private void Take(in Reference reference, ref Author author, bool isOrganization)
    {
        var target = Text(reference.Target);
        var contained = target is { Length: > 1 } && target[0] == '#' && GoToContained(target.AsSpan(1)) ? ReadContained() : default;
        var name = Text(reference.Display);
        var identifier = IdentifierOf(reference.System, Text(reference.Value));
        if (isOrganization || reference.Type == "Organization" || contained.Type == "Organization" || PointsTo("Organization/", target))
        {
            if (author.HasOrganization)
                return;
            author.OrganizationName = name ?? contained.Name;
            author.OrganizationId = identifier ?? contained.Id;
            return;
        }
        if (contained.Type == "PractitionerRole")
        {
            // Its own identifier is not the person's.
            contained.Id = null;
            TakeRole(contained, ref author, ref name, ref identifier);
        }
        if (author.HasPerson)
            return;
        author.Name = name ?? contained.Name;
        author.Id = identifier ?? contained.Id;
        author.Role = contained.Role;
    }

    private void TakeRole(in Contained role, ref Author author, ref string? name, ref string? identifier)
    {
        Take(role.Organization, ref author, isOrganization: true);
        var target = Text(role.Practitioner.Target);
        var person = target is { Length: > 1 } && target[0] == '#' && GoToContained(target.AsSpan(1)) ? ReadContained() : default;
        name ??= Text(role.Practitioner.Display) ?? person.Name;
        identifier ??= IdentifierOf(role.Practitioner.System, Text(role.Practitioner.Value)) ?? person.Id;
    }

    private static bool PointsTo(string path, string? target) =>
        target is not null && (target.StartsWith(path, StringComparison.Ordinal) || target.Contains("/" + path, StringComparison.Ordinal));

    // TRE_G08: PS_IdNat is the RPPS number with an 8 in front. The system of FR Core carries the bare number, the national OID the PS_IdNat.
    private static string? IdentifierOf(string? system, string? value) =>
        value is not null && system == NationalRpps && value.Length == 11 ? "8" + value : value;

    /// <summary>Goes to the contained resource with this id; false when there is none.</summary>
    private bool GoToContained(ReadOnlySpan<char> wanted)
    {
        if (containedAt == 0)
            return false;
        GoTo(containedAt);
        for (var list = Elements(); Next(ref list);)
        {
            if (json.TokenType != JsonTokenType.StartObject)
            {
                json.Skip();
                continue;
            }
            var place = Here();
            var found = default(Slice);
            for (var field = Next(); field != Field.Over; field = Next())
            {
                if (field == Field.Id)
                    ReadText(ref found);
                else
                    json.Skip();
            }
            if (!wanted.SequenceEqual(Text(found)))
                continue;
            GoTo(place);
            return true;
        }
        return false;
    }

    // Reads what names a person or an organisation; the reader stands at its first brace.
    private Contained ReadContained()
    {
        var contained = default(Contained);
        string? national = null;
        var (profession, specialty) = (default(Concept), default(Concept));
        for (var field = Next(); field != Field.Over; field = Next())
        {
            switch (field)
            {
                case Field.ResourceType:
                    contained.Type = Term() ?? contained.Type;
                    break;
                case Field.Name:
                    contained.Name = ReadName() ?? contained.Name;
                    break;
                case Field.Identifier:
                    for (var list = Elements(); Next(ref list);)
                    {
                        ReadIdentifier(out var system, out var value);
                        var text = IdentifierOf(system, Text(value));
                        contained.Id ??= text;
                        if (system is NationalProfessionalId or NationalRpps)
                            national ??= text;
                    }
                    break;
                case Field.Practitioner:
                    ReadReference(ref contained.Practitioner);
                    break;
                case Field.Organization:
                    ReadReference(ref contained.Organization);
                    break;
                case Field.Code:
                    ReadConcepts(ref profession);
                    break;
                case Field.Specialty:
                    ReadConcepts(ref specialty);
                    break;
                default:
                    json.Skip();
                    break;
            }
        }
        contained.Id = national ?? contained.Id;
        contained.Role = contained.Type == "PractitionerRole" ? RoleOf(profession.Chosen, specialty.Chosen?.Code) : null;
        return contained;
    }

    // The form of XDS authorSpecialty (domain of JDV_J01): G15_10/SM26.
    private static string? RoleOf(Coding? profession, string? specialty)
    {
        var code = profession?.Code;
        var isNational = profession?.System?.Contains("TRE_G15", StringComparison.Ordinal) == true;
        if (isNational && code?.StartsWith("G15_", StringComparison.Ordinal) == false)
            code = "G15_" + code;
        if (code is null || specialty is null || specialty.Contains('/', StringComparison.Ordinal))
            return specialty ?? code;
        return $"{code}/{specialty}";
    }

    // The text of an Organization, or the first HumanName that says something.
    private string? ReadName()
    {
        string? name = null;
        for (var list = Elements(); Next(ref list);)
        {
            var text = default(Slice);
            if (json.TokenType == JsonTokenType.StartObject && name is null)
                name = ReadHumanName();
            else
                ReadText(ref text);
            name ??= Text(text);
        }
        return name;
    }

    private string? ReadHumanName()
    {
        var (text, family) = (default(Slice), default(Slice));
        var (prefix, given, suffix) = (new StringBuilder(), new StringBuilder(), new StringBuilder());
        for (var field = Next(); field != Field.Over; field = Next())
        {
            switch (field)
            {
                case Field.Text:
                    ReadText(ref text);
                    break;
                case Field.Family:
                    ReadText(ref family);
                    break;
                case Field.Prefix:
                    ReadWords(prefix);
                    break;
                case Field.Given:
                    ReadWords(given);
                    break;
                case Field.Suffix:
                    ReadWords(suffix);
                    break;
                default:
                    json.Skip();
                    break;
            }
        }
        if (Text(text) is { } whole)
            return whole;
        var name = prefix.Append(given).Append(Text(family) is { } last ? last + " " : "").Append(suffix);
        return name.Length == 0 ? null : name.ToString(0, name.Length - 1);
    }

    private void ReadWords(StringBuilder words)
    {
        words.Clear();
        for (var list = Elements(); Next(ref list);)
        {
            var word = default(Slice);
            ReadText(ref word);
            if (Text(word) is { } text)
                words.Append(text).Append(' ');
        }
    }

    private struct Reference
    {
        internal Slice Target;
        internal Slice Display;
        internal string? Type;
        internal string? System;
        internal Slice Value;

        internal readonly bool IsEmpty => Target.Length == 0 && Display.Length == 0 && Value.Length == 0;
    }

    private struct Contained
    {
        internal string? Type;
        internal string? Name;
        internal string? Id;
        internal string? Role;
        internal Reference Practitioner;
        internal Reference Organization;
    }

    private struct Author
    {
        internal string? Id;
        internal string? Name;
        internal string? Role;
        internal string? OrganizationId;
        internal string? OrganizationName;

        internal readonly bool HasPerson => (Id ?? Name ?? Role) is not null;

        internal readonly bool HasOrganization => (OrganizationId ?? OrganizationName) is not null;

        internal readonly bool IsComplete => HasPerson && HasOrganization;

        internal readonly EntryAuthor? Make() =>
            HasPerson || HasOrganization ? new EntryAuthor(Id, Name, Role, OrganizationId, OrganizationName) : null;
    }
}
