using System.Text.Json;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.FhirServer;

/// <summary>A FHIR R4 Patient of the server: what it is filed under, and its traits on demand.</summary>
internal sealed class PatientRecord
{
    private readonly ReadOnlyMemory<byte> resource;

    private PatientRecord(ReadOnlyMemory<byte> resource, string? id, IReadOnlyList<PatientKey> keys, bool sharesInsured)
    {
        this.resource = resource;
        Id = id;
        Keys = keys;
        CarriesInsuredNumber = sharesInsured;
    }

    /// <summary>Id on the server. Null in a file that states none.</summary>
    public string? Id { get; }

    /// <summary>Identifiers with system and value, in recorded order: deactivated ones too, which facts may be filed under; billing numbers not.</summary>
    public IReadOnlyList<PatientKey> Keys { get; }

    /// <summary>
    /// True when it carries a billing number (type NH). It has the form and the OID of the INS but may be the insured parent's, so a search by
    /// INS also finds the children on a parent's card.
    /// </summary>
    public bool CarriesInsuredNumber { get; }

    /// <summary>Its traits, with the key it was found by, which may be its id on the server.</summary>
    /// <exception cref="SourceFaultException">They cannot be read.</exception>
    public PatientTraits TraitsFor(PatientKey key)
    {
        try
        {
            var traits = PatientTraits.FromJson(resource, key);
            return traits.Keys.Contains(key) ? traits : traits with { Keys = [key, .. traits.Keys] };
        }
        catch (EntryFormatException)
        {
            throw new SourceFaultException(SourceFaultCodes.BadAnswer);
        }
    }

    /// <summary>The INS when there is one, else the first identifier, else none.</summary>
    public PatientKey? MainKey
    {
        get
        {
            foreach (var key in Keys)
            {
                if (PatientKeySystems.IsIns(key.System))
                    return key;
            }
            return Keys.Count > 0 ? Keys[0] : null;
        }
    }

    /// <summary>Its key among some wanted ones, else its main key.</summary>
    public PatientKey? KeyAmong(IEnumerable<PatientKey> wanted)
    {
        foreach (var key in wanted)
        {
            if (Keys.Contains(key))
                return key;
        }
        return MainKey;
    }

    /// <exception cref="JsonException">Not JSON.</exception>
    public static PatientRecord Read(ReadOnlyMemory<byte> resource)
    {
        using var document = JsonDocument.Parse(resource, new JsonDocumentOptions { MaxDepth = 256 });
        var patient = document.RootElement;
        var keys = new List<PatientKey>();
        var insured = false;
        foreach (var identifier in patient.Items("identifier"))
        {
            if (identifier.Text("system") is not { Length: > 0 } system || identifier.Text("value") is not { Length: > 0 } value)
                continue;
            if (IsBillingNumber(identifier))
                insured = true;
            else
                keys.Add(new PatientKey(system, value));
        }
        return new PatientRecord(resource, patient.Text("id"), keys, insured);
    }

    private static bool IsBillingNumber(JsonElement identifier) =>
        identifier.TryGetProperty("type", out var type)
        && type.Items("coding").Any(coding => coding.Text("code") == "NH");
}
