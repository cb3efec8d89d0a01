using System.Text.RegularExpressions;
using DmpFederation.Hub.Identity;

namespace DmpFederation.Hub.Deposits;

/// <summary>Names of deposits: they are shown as local ids, stand in logs of legacy systems, and are compared byte by byte.</summary>
internal static partial class UniqueId
{
    /// <summary>System of a business identifier whose value is a URI (FHIR R4, <c>Identifier.system</c>).</summary>
    public const string System = "urn:ietf:rfc:3986";

    private const int Longest = 136;

    /// <summary>What to mend; null when it may name a deposit about this patient.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="field">Where.</param>
    /// <param name="patient">The patient, whose number must not be in it.</param>
    public static DepositFault? Problem(string text, string field, Ins patient)
    {
        if (text.Length > Longest || !(Oid().IsMatch(text) || Uuid().IsMatch(text)))
        {
            return DepositFault.Bad(
                "UNIQUE_ID", $"'{field}' must be urn:oid: and an OID, or urn:uuid: and a UUID in lower case, at most {Longest} characters.");
        }
        return text.Contains(patient.Value, StringComparison.Ordinal)
            ? DepositFault.Bad("UNIQUE_ID_IDENTIFIES", $"'{field}' must not be made of the patient's identifier.")
            : null;
    }

    [GeneratedRegex("^urn:oid:[0-2](\\.(0|[1-9][0-9]*))+\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Oid();

    [GeneratedRegex("^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Uuid();
}
