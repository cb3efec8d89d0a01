using System.Text.Json;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.FhirServer;

/// <summary>A FHIR R4 Patient, read for identity: identifiers and traits of FR Core, in its present and its 2022 form.</summary>
internal sealed class PatientRecord
{
    private PatientRecord(string? id, IReadOnlyList<PatientKey> keys, bool sharesInsured, PatientTraits traits)
    {
        Id = id;
        Keys = keys;
        CarriesInsuredNumber = sharesInsured;
        Traits = traits;
    }

    /// <summary>Id on the server. Null in a file that states none.</summary>
    public string? Id { get; }

    /// <summary>Identifiers with system and value, in recorded order, without billing numbers.</summary>
    public IReadOnlyList<PatientKey> Keys { get; }

    /// <summary>
    /// True when it carries a billing number (type NH). It has the form and the OID of the INS but may be the insured parent's, so a search by
    /// INS also finds the children on a parent's card.
    /// </summary>
    public bool CarriesInsuredNumber { get; }

    public PatientTraits Traits { get; }

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
            if (IsBillingNumber(identifier, system))
                insured = true;
            else
                keys.Add(new PatientKey(system, value));
        }
        return new PatientRecord(patient.Text("id"), keys, insured, PatientTraitsReader.Read(patient, keys));
    }

    private static bool IsBillingNumber(JsonElement identifier, string system) =>
        PatientKeySystems.IsIns(system)
        && identifier.TryGetProperty("type", out var type)
        && type.Items("coding").Any(coding => coding.Text("code") == "NH");
}
