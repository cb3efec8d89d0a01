using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Plugins.CiSisCda.Extraction;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.HistoriqueRemboursements.Lines;

/// <summary>
/// Local ids of reimbursed lines. A line with a CDA id of its own goes by it: <c>root</c> or <c>root^extension</c>. Any other is
/// <c>{file}/{kind}/{yyyyMMdd}/{code system OID}|{code}/{n}</c>. File is the service's number of the patient's file, without which two patients who
/// saw a doctor on one day would share an id. n counts from 1 among the equal lines of that day in their document: documents cut history by days, so
/// that a day stands in a document wholly or not at all and a line gets the same id in every document it is in.
/// </summary>
internal static class LineIds
{
    private const string Undated = "undated";

    /// <summary>The id of each line of one document, in order.</summary>
    /// <param name="lines">Its lines.</param>
    /// <param name="file">Number of the patient's file; null for a document met by itself.</param>
    internal static IReadOnlyList<string> Of(IReadOnlyList<Fact> lines, string? file)
    {
        var own = lines.Select(line => CdaId.FirstOf(line.Source)?.Text).ToList();
        // An id on several lines identifies none of them.
        var repeated = own.OfType<string>().CountBy(id => id).Where(count => count.Value > 1).Select(count => count.Key)
            .ToHashSet(StringComparer.Ordinal);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var ids = new List<string>(lines.Count);
        for (var index = 0; index < lines.Count; index++)
        {
            if (own[index] is { } id && !repeated.Contains(id))
            {
                ids.Add(id);
                continue;
            }
            var key = KeyOf(lines[index], file);
            var rank = seen[key] = seen.GetValueOrDefault(key) + 1;
            ids.Add(Ranked(key, rank));
        }
        return ids;
    }

    /// <summary>The id of a line known to be the <paramref name="rank"/>th of its equals.</summary>
    internal static string Of(Fact line, string file, int rank) => CdaId.FirstOf(line.Source)?.Text ?? Ranked(KeyOf(line, file), rank);

    /// <summary>The derived id of a line that is no longer there.</summary>
    /// <param name="file">Number of the patient's file.</param>
    /// <param name="kind">As <see cref="KindOf"/> names it.</param>
    /// <param name="day">Eight digits.</param>
    /// <param name="oid">OID the service writes for the code system.</param>
    /// <param name="code">Its code.</param>
    /// <param name="rank">From 1 among its equals.</param>
    internal static string Of(string file, string kind, string day, string oid, string code, int rank) =>
        Ranked($"{file}/{kind}/{day}/{CodeSystems.OidOf(CodeSystems.UriOf(oid))}|{code}", rank);

    internal static string? KindOf(string resourceType) => resourceType switch
    {
        "MedicationDispense" => "medication",
        "Immunization" => "vaccine",
        "ExplanationOfBenefit" => "device",
        "Encounter" => "stay",
        "Procedure" => "act",
        _ => null,
    };

    private static string Ranked(string key, int rank) => string.Create(CultureInfo.InvariantCulture, $"{key}/{rank}");

    private static string KeyOf(Fact line, string? file)
    {
        var what = line.Code.First is { Code: { } code } coding ? $"{CodeSystems.OidOf(coding.System)}|{code}" : Worded(line.Code.Text);
        return $"{file}{(file is null ? "" : "/")}{KindOf(line.ResourceType)}/{DayOf(line.Date)}/{what}";
    }

    private static string DayOf(FhirDate? date) => date is { } known ? known.ToString().Replace("-", "", StringComparison.Ordinal) : Undated;

    // A line in words only: its words are free text, so their digest stands for them.
    private static string Worded(string? text) =>
        $"text|{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text ?? "")).AsSpan(0, 8))}";
}
