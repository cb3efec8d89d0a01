using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Connectors.Calls;
using DmpFederation.Hub.Migration.Reading;
using DmpFederation.Hub.Migration.Throttle;
using DmpFederation.Sdk;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Migration.Following;

/// <summary>What a source's feed said.</summary>
/// <param name="Patients">Who changed.</param>
/// <param name="Anybody">True when a change may be anybody's, or the source forgot what it had told: everybody must be read again.</param>
/// <param name="Count">How many changes.</param>
/// <param name="Cursor">Where the feed goes on.</param>
internal sealed record FeedNews(IReadOnlySet<PatientKey> Patients, bool Anybody, long Count, string Cursor);

/// <summary>Asks a source's feed for all that changed since.</summary>
internal sealed class LegacyChanges(ISourceHoldings holdings, LegacyThrottles throttles, IOptions<MigrationOptions> options)
{
    /// <summary>The cursor of now.</summary>
    /// <exception cref="LegacyOutageException">The feed cannot be asked.</exception>
    public async Task<string> CursorAsync(Source source, CancellationToken cancellationToken)
    {
        await throttles.Of(source.Id).AwakeAsync(cancellationToken);
        var outcome = await holdings.CursorAsync(source, options.Value.ListDeadline, cancellationToken);
        return outcome.Cursor is { } cursor && outcome.Reason is null
            ? cursor
            : throw new LegacyOutageException(outcome.Reason ?? CallReasons.Fault);
    }

    /// <summary>All changes after a cursor, up to now.</summary>
    /// <exception cref="LegacyOutageException">The feed cannot be asked. Nothing was learned: ask from the same cursor again.</exception>
    public async Task<FeedNews> SinceAsync(Source source, string cursor, CancellationToken cancellationToken)
    {
        var (patients, anybody, count, last) = (new HashSet<PatientKey>(), false, 0L, cursor);
        while (true)
        {
            await throttles.Of(source.Id).AwakeAsync(cancellationToken);
            var page = await holdings.ChangesAsync(source, last, options.Value.ListPage, options.Value.ListDeadline, cancellationToken);
            patients.UnionWith(page.Patients);
            anybody |= page.Unattributed;
            count += page.Count;
            last = page.Cursor ?? last;
            if (page.Ended)
                return new FeedNews(patients, anybody, count, last);
            if (page.Reason == SourceFaultCodes.CursorExpired)
            {
                // Taken before everybody is read again: what changes meanwhile is told from it.
                return new FeedNews(patients, true, count, await CursorAsync(source, cancellationToken));
            }
            // What came before the break counts; only a call that gave nothing is a standstill.
            if (page.Reason is { } reason && page.Cursor is null)
                throw new LegacyOutageException(reason);
        }
    }
}
