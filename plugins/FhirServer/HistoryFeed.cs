using System.Runtime.CompilerServices;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.FhirServer;

/// <summary>
/// Follows a server's changes by its system-level history (FHIR R4, RESTful API, §history): corrections, entered-in-error and deletions included.
/// A history comes newest first and may shift while it is paged, so one catch-up is gathered whole and then told oldest first.
/// </summary>
internal sealed class HistoryFeed(FhirEndpoint endpoint, PatientFinder finder, IReadOnlyList<string> systems, FhirServerSettings settings)
{
    private readonly BundlePager pager = new(endpoint, settings);

    public async ValueTask<string> CurrentCursorAsync(CancellationToken cancellationToken)
    {
        var latest = await GatherAsync("_history?_count=1", onlyFirstPage: true, cancellationToken);
        if (latest.Count == 0)
            return HistoryCursor.Start.ToString();
        var moment = latest[^1];
        var cursor = HistoryCursor.At(moment.Instant);
        foreach (var change in (await GatherAsync(Since(moment.Instant), false, cancellationToken)).Where(change => change.Moment == moment.Moment))
            cursor = cursor.After(change.Key);
        return cursor.ToString();
    }

    public async IAsyncEnumerable<SourceChange> ReadAsync(string? from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var start = from is null ? HistoryCursor.Start : HistoryCursor.Parse(from);
        var changes = await GatherAsync(Since(start.Instant), false, cancellationToken);
        var owners = new ChangeOwners(endpoint, finder, systems);
        var position = start;
        for (var index = PassedOver(changes, start); index < changes.Count; index++)
        {
            var change = changes[index];
            if (index == 0 || position.Instant is null || change.Moment != changes[index - 1].Moment)
                position = HistoryCursor.At(change.Instant);
            position = position.After(change.Key);
            if (FactTypes.IsNoFact(change.LocalId[..change.LocalId.IndexOf('/', StringComparison.Ordinal)]))
                continue;
            await owners.PrepareAsync(changes, index, cancellationToken);
            yield return await ToldAsync(change, position.ToString(), owners, cancellationToken);
        }
    }

    /// <summary>How many of the first changes were seen before: those of the cursor's moment, when they are the very ones it counted.</summary>
    private static int PassedOver(List<HistoryChange> changes, HistoryCursor start)
    {
        if (start.Instant is null || start.Seen > changes.Count)
            return 0;
        var again = HistoryCursor.At(start.Instant);
        for (var index = 0; index < start.Seen; index++)
            again = again.After(changes[index].Key);
        return again == start ? start.Seen : 0;
    }

    private static async ValueTask<SourceChange> ToldAsync(
        HistoryChange change, string cursor, ChangeOwners owners, CancellationToken cancellationToken)
    {
        var owner = await owners.OfAsync(change, cancellationToken);
        if (owner is { } patient && (change.IsDeletion || change.Head is { Withdrawn: true }))
            return new EntryWithdrawn(cursor, patient, change.LocalId);
        if (owner is { } filedUnder && change.Head is not null)
        {
            var made = new EntryMaker(new EntryScope(_ => filedUnder, _ => true, (_, _) => null));
            switch (made.Page([change.Entry with { SearchMode = null }]).Concat(made.Rest()).FirstOrDefault())
            {
                case DossierEntry entry:
                    return new EntryChanged(cursor, entry);
                case Unreadable unreadable:
                    return new ItemUnreadable(cursor, unreadable);
            }
        }
        return new ItemUnreadable(cursor, new Unreadable
        {
            Code = change.IsDeletion ? "WITHDRAWAL_UNATTRIBUTED" : "NO_SUBJECT",
            Reason = "The server does not say which patient the change is about.",
            Raw = change.Entry.Resource,
            LocalId = change.LocalId,
        });
    }

    /// <summary>Every change of a history, oldest first, each once.</summary>
    private async Task<List<HistoryChange>> GatherAsync(string address, bool onlyFirstPage, CancellationToken cancellationToken)
    {
        var changes = new List<HistoryChange>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var paged in pager.PagesAsync(token => endpoint.GetAsync(address, token), cancellationToken))
        {
            if (paged.Fault is { } fault)
            {
                // More than one catch-up can hold, or a server that has forgotten: the follower starts again with a copy.
                var expired = paged.Answer.Status == 410 || fault == FhirFaultCodes.TooManyPages;
                throw new SourceFaultException(expired ? SourceFaultCodes.CursorExpired : fault);
            }
            foreach (var entry in paged.Page!.Entries)
            {
                if (HistoryChange.Read(entry) is not { } change)
                    throw new SourceFaultException(SourceFaultCodes.BadAnswer);
                if (seen.Add(change.Key))
                    changes.Add(change);
            }
            if (onlyFirstPage)
                break;
        }
        changes.Sort(HistoryChange.Compare);
        return changes;
    }

    private static string Since(string? instant) =>
        "_history?_count=1000" + (instant is null ? "" : "&_since=" + Uri.EscapeDataString(instant));
}
