using DmpFederation.Plugins.HprimBiologie.Hprim;
using DmpFederation.Plugins.HprimBiologie.Index;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.HprimBiologie.Extraction;

/// <summary>
/// An item read again. What is bad of a report is a line, which says nothing alone: the report it stands in is read again as the index keeps it. What
/// belongs to no report is read as a file.
/// </summary>
internal static class ItemReplay
{
    /// <summary>Why a line cannot be read again by itself.</summary>
    private const string ReportGone = "The report the line stands in is no longer kept, or was sent again without it.";

    public static IEnumerable<ReadItem> Read(Unreadable item, IndexReader index, ReportEntries entries)
    {
        // Which of two reports has the number only the laboratory can say, and a file that was too large left no bytes.
        if (item.Code == IndexWriter.NumberReused || item.Raw.IsEmpty)
            return [item.Still(item.Code, item.Reason)];
        return LocalIds.ParseReport(item.LocalId) is var (sender, number)
            ? Line(item, index.Find(sender, number)?.Report, entries)
            : File(item, entries);
    }

    private static IEnumerable<ReadItem> Line(Unreadable item, StoredReport? stored, ReportEntries entries)
    {
        if (stored is null || stored.Report.Raw.Span.IndexOf(item.Raw.Span) < 0)
            return [item.Still(item.Code, ReportGone)];
        var problem = stored.Report.Problems.FirstOrDefault(problem => problem.Raw.Span.SequenceEqual(item.Raw.Span));
        return problem is not null
            ? [item.Still(problem.Code, problem.Reason)]
            : entries.Make(stored.Report, item.Patient ?? LocalIds.Patient(stored.Report.Header), stored.Changed);
    }

    private static IEnumerable<ReadItem> File(Unreadable item, ReportEntries entries)
    {
        var file = HprimReader.Read(item.Raw);
        foreach (var problem in file.Problems.Concat(file.Reports.SelectMany(static report => report.Problems)))
            yield return item.Still(problem.Code, problem.Reason);
        foreach (var report in file.Reports)
        {
            foreach (var entry in entries.Make(report, item.Patient ?? LocalIds.Patient(report.Header), null))
                yield return entry;
        }
    }
}
