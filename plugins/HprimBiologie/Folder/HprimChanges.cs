using System.Globalization;
using System.Runtime.CompilerServices;
using DmpFederation.Plugins.HprimBiologie.Codes;
using DmpFederation.Plugins.HprimBiologie.Extraction;
using DmpFederation.Plugins.HprimBiologie.Hprim;
using DmpFederation.Plugins.HprimBiologie.Index;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.HprimBiologie.Folder;

/// <summary>
/// The changes of the index in their order: each new or corrected report with its results, each withdrawn id. They are filed under the key the
/// laboratory knows its patient by, since a file alone does not tell who that is. A cursor is the epoch of the index and a number.
/// </summary>
internal static class HprimChanges
{
    private const int Page = 100;

    public static string Now(IndexReader index) => Cursor(index.Epoch, index.Sequence);

    /// <exception cref="SourceFaultException">The cursor is of another index: this one was made anew.</exception>
    public static async IAsyncEnumerable<SourceChange> ReadAsync(
        IndexReader index, LaboratoryCodes codes, string? cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        var (epoch, last) = (index.Epoch, index.Sequence);
        var after = cursor is null ? 0 : Position(cursor, epoch, last);
        using var entries = new ReportEntries(codes);
        for (var rows = Page; rows == Page;)
        {
            rows = 0;
            var page = new List<Row>();
            using (var row = index.Changes(after, last, Page))
            {
                for (; row.Read(); rows++)
                    page.Add(Row.From(row));
            }
            foreach (var change in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                // Until the last item of a report its cursor is the one before it, so that nothing is missed after an interruption.
                var (before, at) = (Cursor(epoch, after), Cursor(epoch, change.Sequence));
                var items = Changes(change, entries).ToList();
                for (var item = 0; item < items.Count; item++)
                    yield return items[item](item == items.Count - 1 ? at : before);
                after = change.Sequence;
            }
        }
    }

    private static IEnumerable<Func<string, SourceChange>> Changes(Row change, ReportEntries entries)
    {
        if (change.Problem is { } problem)
        {
            yield return cursor => new ItemUnreadable(cursor, problem);
        }
        else if (change.Removed is { } removed)
        {
            yield return cursor => new EntryWithdrawn(cursor, change.Patient, removed);
        }
        else if (change.Stored is { } stored)
        {
            foreach (var entry in entries.Make(stored.Report, change.Patient, stored.Changed))
                yield return cursor => new EntryChanged(cursor, entry);
            var id = LocalIds.Report(stored.Report.Header.Sender, stored.Report.Header.FileNumber);
            foreach (var unread in stored.Report.Problems)
                yield return cursor => new ItemUnreadable(cursor, unread.At(FilePosition.Of(stored.File), change.Patient, id));
        }
    }

    private static string Cursor(string epoch, long sequence) => string.Create(CultureInfo.InvariantCulture, $"{epoch}.{sequence}");

    private static long Position(string cursor, string epoch, long last) =>
        cursor.StartsWith(epoch + ".", StringComparison.Ordinal)
        && long.TryParse(cursor.AsSpan(epoch.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) && sequence <= last
            ? sequence
            : throw new SourceFaultException(SourceFaultCodes.CursorExpired);

    private sealed record Row(long Sequence, PatientKey Patient, StoredReport? Stored, string? Removed, Unreadable? Problem)
    {
        public static Row From(Microsoft.Data.Sqlite.SqliteDataReader row)
        {
            var sequence = row.GetInt64(0);
            return row.GetInt32(1) switch
            {
                0 => new Row(sequence, Key(row), StoredReport.From(row, 2), null, null),
                1 => new Row(sequence, Key(row), null, row.GetString(11), null),
                _ => new Row(sequence, default, null, null, new HprimProblem(
                    row.GetString(11), row.GetString(12), row.GetInt32(4), row.GetFieldValue<byte[]>(2)).At(FilePosition.Of(row.GetString(7)))),
            };
        }

        private static PatientKey Key(Microsoft.Data.Sqlite.SqliteDataReader row) => LocalIds.Patient(row.GetString(8), row.GetString(9), row.GetString(10));

        public override string ToString() => nameof(Row);
    }
}
