using System.Text;
using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Hub.National.Copies.Codec;
using DmpFederation.Hub.National.Engine;
using DmpFederation.Hub.Storage;
using DmpFederation.Sdk;
using Microsoft.EntityFrameworkCore;

namespace DmpFederation.Hub.National.Copies;

/// <summary>One fact alone: its versions and its content.</summary>
internal static class VersionRows
{
    /// <summary>Oldest first. A fact that its source filed in another group meanwhile goes on there.</summary>
    public static async Task<IReadOnlyList<HeldVersion>> HistoryAsync(
        NationalDb db, string sourceId, PatientKey key, string localId, CancellationToken cancellationToken)
    {
        var id = Encoding.UTF8.GetBytes(localId);
        var rows = new List<VersionRow>();
        // The last ones first: one that is followed by another between the two questions is then met twice, and none is missed.
        rows.AddRange(await Of(db.Entries, sourceId, key, id).ToListAsync(cancellationToken));
        rows.AddRange(await Of(db.FormerVersions, sourceId, key, id).ToListAsync(cancellationToken));
        return rows.DistinctBy(static row => (row.CategoryGroup, row.Number))
            .OrderBy(static row => row.TakenAt).ThenBy(static row => row.Number).ThenBy(static row => row.CategoryGroup, StringComparer.Ordinal)
            .Select((row, at) => ToVersion(row, key, localId, at + 1)).ToList();
    }

    public static async Task<ContentCopy?> ContentAsync(
        NationalDb db, string sourceId, PatientKey key, string localId, CancellationToken cancellationToken)
    {
        var id = Encoding.UTF8.GetBytes(localId);
        var row = await Of(db.Entries, sourceId, key, id).Where(static entry => entry.ContentHash != null)
            .Join(
                db.Contents,
                static entry => new { entry.SourceId, entry.System, entry.Value, entry.CategoryGroup, entry.LocalId, Sha256 = entry.ContentHash },
                static content => new
                {
                    content.SourceId,
                    content.System,
                    content.Value,
                    content.CategoryGroup,
                    content.LocalId,
                    Sha256 = (byte[]?)content.Sha256,
                },
                static (_, content) => content)
            .FirstOrDefaultAsync(cancellationToken);
        return row is null ? null : new ContentCopy(row.ContentType, row.Bytes);
    }

    private static IQueryable<TRow> Of<TRow>(IQueryable<TRow> rows, string sourceId, PatientKey key, byte[] localId)
        where TRow : VersionRow => rows.AsNoTracking().Where(row =>
            row.SourceId == sourceId && row.System == key.System && row.Value == key.Value && row.LocalId == localId);

    private static HeldVersion ToVersion(VersionRow row, PatientKey key, string localId, int number)
    {
        if (row.State == VersionState.Withdrawn)
            return new HeldVersion(number, null, row.TakenAt, null);
        try
        {
            return new HeldVersion(number, EntryCodec.Read(localId, key, row.Envelope, row.Resource), row.TakenAt, row.Hash);
        }
        catch (InvalidDataException)
        {
            throw new NationalUnavailableException(StoreFault.Schema);
        }
    }
}
