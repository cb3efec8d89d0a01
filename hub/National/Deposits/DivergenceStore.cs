using DmpFederation.Hub.Migration.Diverging;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.National.Copies;
using DmpFederation.Hub.National.Engine;

namespace DmpFederation.Hub.National.Deposits;

/// <summary>Divergences, the same on every engine. Thread-safe.</summary>
internal sealed class DivergenceStore(NationalStore store, TimeProvider clock) : IDivergenceStore
{
    private static StoreBorder Border => StoreBorder.Migrations;

    public Task<IReadOnlyList<Divergence>> OpenAsync(string sourceId, CancellationToken cancellationToken) =>
        Border.ReadAsync<IReadOnlyList<Divergence>>(store, async db => await OpenAsync(db, sourceId, cancellationToken), cancellationToken);

    public Task<bool> SettleAsync(string sourceId, long id, StepNote note, CancellationToken cancellationToken) => Border.WriteAsync(
        store,
        async db =>
        {
            if ((await OpenAsync(db, sourceId, cancellationToken)).Find(one => one.Id == id) is not { } open)
                return false;
            await using var settle = new RepeatedStatement(db, DivergenceQuery.Settle, "@id", "@version", "@at", "@by", "@reason");
            settle.Add(id, open.Version, clock.GetUtcNow().ToUnixTimeMilliseconds(), note.By, note.Reason);
            return await settle.RunAsync(cancellationToken) > 0;
        },
        cancellationToken);

    private static async Task<List<Divergence>> OpenAsync(NationalDb db, string sourceId, CancellationToken cancellationToken)
    {
        var open = new List<Divergence>();
        await using var read = new RepeatedStatement(db, DivergenceQuery.Open(db.BytesOf), "@source");
        read.Add(sourceId);
        await read.ReadAsync(
            (_, row) =>
            {
                // Filed under two of the person's identifiers it is one all the same.
                if (open.Count > 0 && open[^1].Id == row.GetInt64(0))
                    return;
                open.Add(new Divergence(
                    row.GetInt64(0), new SliceId(sourceId, row.GetString(1), row.GetString(2)), row.GetString(3), row.GetInt32(4),
                    Enum.Parse<VersionState>(row.GetString(5)) == VersionState.Withdrawn, DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6))));
            },
            cancellationToken);
        return open;
    }
}
