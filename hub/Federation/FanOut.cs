using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Identity;
using DmpFederation.Sdk;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Federation;

/// <summary>
/// Asks every planned source at once, one call each, and is back at the deadline with what arrived. A source that blocks, ignores its
/// token or breaks costs its own slice; only a caller who left ends the whole.
/// </summary>
internal sealed class FanOut(IStoreReader reader, IOptions<FederationOptions> options, TimeProvider clock, ILogger<FanOut> logger)
{
    /// <param name="plans">The sources.</param>
    /// <param name="patients">The patients, in the order the slices are cut by.</param>
    /// <param name="scope">What is wanted.</param>
    /// <param name="started">Timestamp from which the deadline runs.</param>
    /// <param name="cancellationToken">Cancelled when the caller left.</param>
    /// <returns>One read per plan, in the order of the plans.</returns>
    public async Task<SourceRead[]> RunAsync(
        IReadOnlyList<SourcePlan> plans, IReadOnlyList<PatientLookup> patients, DossierScope scope, long started, CancellationToken cancellationToken)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var calls = new Task<SourceRead>[plans.Count];
        for (var index = 0; index < calls.Length; index++)
        {
            calls[index] = plans[index].IsAsked
                ? AskAsync(new Question(plans[index], patients, scope, started), stop.Token, cancellationToken)
                : Task.FromResult(SourceRead.Silent(plans[index]));
        }
        try
        {
            return await Task.WhenAll(calls);
        }
        finally
        {
            // Calls still running are abandoned. Whoever registered a callback that blocks must not hold up the answer, so nobody waits for them.
            _ = stop.CancelAsync().ContinueWith(
                static (_, source) => ((CancellationTokenSource)source!).Dispose(), stop, CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    /// <summary>Time left until the deadline of a request that started then.</summary>
    public TimeSpan Remaining(long started) => options.Value.Deadline - clock.GetElapsedTime(started);

    private async Task<SourceRead> AskAsync(Question question, CancellationToken stop, CancellationToken caller)
    {
        if (question.Plan.NeedsIdentity)
            await PatientLookup.WaitAsync(question.Patients, Remaining(question), clock, caller);

        var (keys, queries) = Translate(question);
        if (queries.Count == 0)
            return SourceRead.Untranslated(question.Plan, keys);

        var remaining = Remaining(question);
        if (remaining <= TimeSpan.Zero)
            return SourceRead.Of(question.Plan, keys, Ended(question, SourceStatus.TimedOut, SourceReason.Deadline, TimeSpan.Zero));

        var contacted = clock.GetTimestamp();
        var request = question.Plan.Request(queries, question.Scope);
        try
        {
            // On its own: a plug-in that blocks the thread it is called on must not keep the other sources from being asked.
            var call = Task.Run(() => ReadAsync(question, request, remaining, contacted, stop), CancellationToken.None);
            var outcome = await call.WaitAsync(remaining + options.Value.HandOver, clock, caller);
            var read = SourceRead.Of(question.Plan, keys, outcome);
            if (read.LiedAbout)
                logger.WrongPatient(read.SourceId);
            return read;
        }
        catch (TimeoutException)
        {
            logger.SourceAbandoned(question.Plan.Source.Id);
            return SourceRead.Of(
                question.Plan, keys, Ended(question, SourceStatus.TimedOut, SourceReason.Deadline, clock.GetElapsedTime(contacted)));
        }
    }

    private async Task<SourceOutcome> ReadAsync(Question question, ReadRequest request, TimeSpan remaining, long contacted, CancellationToken stop)
    {
        try
        {
            return await reader.ReadAsync(question.Plan.Source, request, remaining, stop);
        }
        catch (Exception fault)
        {
            // The border to readers: its message may name a patient. When the caller left, nobody sees this outcome.
            if (!stop.IsCancellationRequested)
                logger.SourceFaulted(question.Plan.Source.Id, fault.GetType().Name);
            return Ended(question, SourceStatus.Failed, SourceReason.Fault, clock.GetElapsedTime(contacted));
        }
    }

    private static (KeyTranslation[] Keys, List<PatientQuery> Queries) Translate(Question question)
    {
        var keys = new KeyTranslation[question.Patients.Count];
        var queries = new List<PatientQuery>(keys.Length);
        for (var index = 0; index < keys.Length; index++)
        {
            if (!question.Plan.MayAskAbout(index))
                continue;
            var patient = question.Patients[index];
            var identity = patient.Known;
            keys[index] = KeyTranslator.Translate(
                patient.Ins, identity, question.Plan.Source.PatientKeySystems, question.Plan.Source.MatchesByTraits);
            // One person asked for under two identifiers is one patient to the source.
            if (keys[index].Key is { } key && !queries.Exists(query => query.Key == key))
                queries.Add(new PatientQuery(key, identity.Traits));
        }
        return (keys, queries);
    }

    private TimeSpan Remaining(Question question) => Remaining(question.Started);

    private static SourceOutcome Ended(Question question, SourceStatus status, string reason, TimeSpan elapsed) =>
        new() { Source = question.Plan.Source, Status = status, Reason = reason, Elapsed = elapsed };

    private sealed record Question(SourcePlan Plan, IReadOnlyList<PatientLookup> Patients, DossierScope Scope, long Started);
}
