using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Hub.Migration.Serving.Shadow;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Migration.Serving;

/// <summary>
/// Reads each part of a source from the store that serves it. What the national store does not hold, or cannot give, is asked of the legacy
/// system until that is retired, with one call at most. The outcome is the one the legacy would have given.
/// </summary>
internal sealed class NationalReader(
    ShadowedReader legacy, ServingRoutes routes, ICopyStore copies, ServingClock clock, ServingMetrics metrics, ILogger<NationalReader> logger) : IStoreReader
{
    public Task<SourceOutcome> ReadAsync(Source source, ReadRequest request, TimeSpan deadline, CancellationToken cancellationToken) =>
        routes.Of(source.Id) is { ServesAny: true } route
            ? ReadAsync(route, source, request, deadline, cancellationToken)
            : legacy.ReadAsync(source, request, deadline, cancellationToken);

    private async Task<SourceOutcome> ReadAsync(
        SourceRoute route, Source source, ReadRequest request, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var started = clock.Start();
        var asked = request.Categories.Count == 0 ? NationalShare.All : NationalShare.Of(request.Categories);
        var parts = request.Patients.Select(query => new PatientPart(query, route.For(query.Key), asked)).ToList();
        if (!parts.Exists(static part => part.IsNational))
            return await legacy.ReadAsync(source, request, deadline, cancellationToken);

        var (held, fault) = await HeldAsync(source.Id, parts, deadline, cancellationToken);
        var isCurrent = clock.IsCurrent(route);
        foreach (var part in parts)
            part.Take(held.FirstOrDefault(patient => patient.Key == part.Key), fault, isCurrent);

        var outcome = LegacyRequest(parts, request) is { } rest
            ? await RestAsync(source, rest, deadline - clock.Since(started), cancellationToken)
            : null;
        metrics.Read(source.Id, fault is not null ? "fallback" : outcome is null ? "national" : "both");
        return NationalOutcome.Of(source, parts, outcome) with { Elapsed = clock.Since(started), AsOf = clock.AsOf(route, parts, outcome) };
    }

    private async Task<(IReadOnlyList<HeldPatient> Held, string? Fault)> HeldAsync(
        string sourceId, List<PatientPart> parts, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var keys = parts.Where(static part => part.IsNational).Select(static part => part.Key).ToList();
        try
        {
            return (await clock.InTimeAsync(token => copies.ReadAsync(sourceId, keys, token), deadline, cancellationToken), null);
        }
        catch (TimeoutException)
        {
            logger.FellBack(sourceId, ServingReasons.NationalTimeout);
            return ([], ServingReasons.NationalTimeout);
        }
        catch (MigrationUnavailableException unusable)
        {
            logger.FellBack(sourceId, unusable.Code);
            return ([], ServingReasons.NationalUnavailable);
        }
    }

    private Task<SourceOutcome> RestAsync(Source source, ReadRequest rest, TimeSpan left, CancellationToken cancellationToken) => left > TimeSpan.Zero
        ? legacy.ReadAsync(source, rest, left, cancellationToken)
        : Task.FromResult(new SourceOutcome { Source = source, Status = SourceStatus.TimedOut, Reason = SourceReason.Deadline });

    /// <summary>One question for all that is left; null when nothing is.</summary>
    private static ReadRequest? LegacyRequest(List<PatientPart> parts, ReadRequest request)
    {
        var patients = parts.FindAll(static part => !part.Legacy.IsNone);
        if (patients.Count == 0)
            return null;
        var categories = patients.Aggregate(default(NationalShare), static (sum, part) => sum.With(part.Legacy));
        return request with
        {
            Patients = [.. patients.Select(static part => part.Query)],
            Categories = categories.IsAll ? [] : [.. categories.Categories],
        };
    }
}
