using System.Globalization;
using DmpFederation.SyntheticFrance.Terminology;

namespace DmpFederation.SyntheticFrance.Care;

/// <summary>Ids the reimbursement history files a patient's lines under, and ids of the facts only it holds.</summary>
/// <param name="idNumber">Number from which ids are made.</param>
/// <param name="patient">Position of the patient in the world, whose file the lines are in.</param>
internal sealed class ReimbursementIds(int idNumber, int patient)
{
    /// <summary>Root of the ids that medicines, vaccines and devices mostly bear; acts and stays bear none.</summary>
    public const string LineRoot = "2.999.75.1";

    private readonly Dictionary<string, int> ranks = new(StringComparer.Ordinal);
    private int lines;
    private int facts;

    /// <summary>A CDA id of its own.</summary>
    public EntryId Next() => new(LineRoot, string.Create(CultureInfo.InvariantCulture, $"W{idNumber + 1}.{++lines}"));

    /// <summary>The id readers give a line without one: what it is, its day, its rank among its equals.</summary>
    public string Derived(string kind, DateOnly day, string system, string code)
    {
        var key = $"{ReimbursementFile.Of(patient)}/{kind}/{day:yyyyMMdd}/{OidOf(system)}|{code}";
        var rank = ranks[key] = ranks.GetValueOrDefault(key) + 1;
        return string.Create(CultureInfo.InvariantCulture, $"{key}/{rank}");
    }

    /// <summary>Its own row of numbers, so that the facts of the other sources keep theirs.</summary>
    public string NextFactId() => string.Create(CultureInfo.InvariantCulture, $"p{idNumber}-w{++facts}");

    private static string OidOf(string system) => system switch
    {
        CodeSystems.Atc => "2.16.840.1.113883.6.73",
        CodeSystems.ActCode => "2.16.840.1.113883.5.4",
        _ => system["urn:oid:".Length..],
    };
}
