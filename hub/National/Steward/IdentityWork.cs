using DmpFederation.Hub.Identity.Links;
using DmpFederation.Hub.National.Engine;
using Microsoft.EntityFrameworkCore;

namespace DmpFederation.Hub.National.Steward;

/// <summary>The steward's queue on EF Core. What is seen goes through the intake to the one writer.</summary>
internal sealed class IdentityWork(NationalStore store, IdentityWorkIntake intake, TimeProvider clock) : IIdentityWork
{
    public void Seen(IReadOnlyList<IdentityWorkItem> items) => intake.Offer(items);

    public async Task<IReadOnlyList<IdentityWorkItem>> ListAsync(
        IReadOnlyList<string>? sources, IdentityWorkState? state, int first, long? after, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        return await StoreBorder.Identities.ReadAsync<IReadOnlyList<IdentityWorkItem>>(
            store,
            async db =>
            {
                var wanted = Of(db.Work.AsNoTracking(), sources);
                if (state is { } only)
                    wanted = wanted.Where(item => item.State == only);
                if (after is { } last)
                    wanted = wanted.Where(item => item.Id < last);
                var page = await wanted.OrderByDescending(static item => item.Id).Take(first).ToListAsync(cancellationToken);
                return page.ConvertAll(static item => item.ToItem());
            },
            cancellationToken);
    }

    public async Task<IdentityWorkItem?> SettleAsync(
        long id, IReadOnlyList<string>? sources, IdentityWorkState state, string comment, string by, CancellationToken cancellationToken)
    {
        if (state == IdentityWorkState.Open)
            throw new ArgumentOutOfRangeException(nameof(state), "An item is settled as corrected, as another person, or as dismissed.");
        var settled = await StoreBorder.Identities.WriteAsync(
            store,
            async db =>
            {
                var now = clock.GetUtcNow();
                await Of(db.Work, sources).Where(item => item.Id == id).ExecuteUpdateAsync(
                    set => set.SetProperty(static item => item.State, state)
                        .SetProperty(static item => item.SettledAt, now)
                        .SetProperty(static item => item.SettledBy, by)
                        .SetProperty(static item => item.Comment, comment),
                    cancellationToken);
                return (await Of(db.Work.AsNoTracking(), sources).FirstOrDefaultAsync(item => item.Id == id, cancellationToken))?.ToItem();
            },
            cancellationToken);
        if (settled is not null)
            intake.Settled(settled);
        return settled;
    }

    private static IQueryable<WorkRow> Of(IQueryable<WorkRow> work, IReadOnlyList<string>? sources) =>
        sources is null ? work : work.Where(item => sources.Contains(item.SourceId));
}
