using DmpFederation.Hub.National.Engine;

namespace DmpFederation.Hub.National.Moves;

/// <summary>The tokens of rights: a number that grows with every owner of a piece of work, whoever owned it before and however that ended.</summary>
internal sealed class LeaseTokens(TimeProvider clock)
{
    /// <summary>The token of a new owner. Whoever writes under the one before is let finish first, and refused afterwards.</summary>
    public Task<long> NextAsync(NationalStore store, string work, CancellationToken cancellationToken) => StoreBorder.Migrations.WriteAsync(
        store,
        async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await using var next = new RepeatedStatement(
                db,
                """
                INSERT INTO migration_lease (work, token, taken_at) VALUES (@work, 1, @at)
                ON CONFLICT (work) DO UPDATE SET token = migration_lease.token + 1, taken_at = excluded.taken_at RETURNING token
                """,
                "@work", "@at");
            next.Add(work, clock.GetUtcNow().ToUnixTimeMilliseconds());
            var token = 0L;
            await next.ReadAsync((_, row) => token = row.GetInt64(0), cancellationToken);
            await transaction.CommitAsync(CancellationToken.None);
            return token;
        },
        cancellationToken);
}
