using System.Globalization;
using System.Text;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Federation.Merge;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Tests.Federation.Merge;

/// <summary>Merges and prints, so that two results can be compared to the byte.</summary>
internal static class MergeBench
{
    private static readonly RecordMerger Merger = new(ClinicalKeys.Default);

    public static IReadOnlyList<MergedEntry> Merged(params (string Source, DossierEntry Entry)[] held) => Merger.Merge(
        [.. held.GroupBy(item => item.Source).Select(group => new SourceEntries(group.Key, [.. group.Select(item => item.Entry)]))]);

    /// <summary>Number of holders of each fact, greatest first.</summary>
    public static int[] Sizes(params (string Source, DossierEntry Entry)[] held) =>
        [.. Merged(held).Select(fact => fact.Origins.Count).OrderDescending()];

    public static string Print(IReadOnlyList<MergedEntry> facts)
    {
        var text = new StringBuilder();
        foreach (var fact in facts)
        {
            text.Append(CultureInfo.InvariantCulture, $"{fact.Id} lead {Print(fact.Lead)}\n");
            foreach (var origin in fact.Origins)
                text.Append(CultureInfo.InvariantCulture, $"  {origin.EntryId} {origin.SourceId} {Print(origin.Entry)}\n");
            foreach (var conflict in fact.Conflicts)
                text.Append(CultureInfo.InvariantCulture, $"  {conflict.Field}: {string.Join(", ", conflict.Values)}\n");
        }
        return text.ToString();
    }

    private static string Print(DossierEntry entry) =>
        $"{entry.LocalId} {entry.Version} {string.Join('|', entry.Confidentiality)} {Encoding.UTF8.GetString(entry.Resource.Span)}";
}
