using DmpFederation.Hub.Migration.Slices;

namespace DmpFederation.Hub.Migration.Steps;

/// <summary>
/// What an operator can order of a migration. An order that takes long (start, verify) only begins it: the runner of a node does the work, and
/// the state of the slices tells how far it is. Every order is safe to give again.
/// </summary>
internal interface IMigrationDirector
{
    /// <summary>Begins the migration of a source: its slices go from Federated to Copying.</summary>
    /// <exception cref="MigrationUnavailableException">The store cannot be used; so of every order.</exception>
    Task<StepResult> StartAsync(MigrationPlan plan, LegacyLoad load, StepNote note, CancellationToken cancellationToken);

    /// <summary>Stops work on every slice; each goes on being served as it is.</summary>
    Task<StepResult> PauseAsync(string sourceId, StepNote note, CancellationToken cancellationToken);

    /// <summary>Paused slices go on from where they stopped.</summary>
    Task<StepResult> ResumeAsync(string sourceId, StepNote note, CancellationToken cancellationToken);

    /// <summary>
    /// Compares every slice that was copied with its legacy. A slice on its way goes to Verifying, and to Shadow when no unexplained difference is
    /// found; a slice in shadow, switched or reversed is compared without moving.
    /// </summary>
    Task<StepResult> VerifyAsync(string sourceId, StepNote note, CancellationToken cancellationToken);

    /// <summary>Has the national store serve slices. All of them or none: one that lacks evidence holds back the others named with it.</summary>
    /// <param name="sourceId">The source.</param>
    /// <param name="slices">The slices; null for every one that is not switched already.</param>
    /// <param name="note">Who and why.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    Task<StepResult> SwitchAsync(string sourceId, IReadOnlyList<SliceId>? slices, StepNote note, CancellationToken cancellationToken);

    /// <summary>Has the legacy serve slices again.</summary>
    /// <param name="sourceId">The source.</param>
    /// <param name="slices">The slices; null for every one in shadow or switched.</param>
    /// <param name="note">Who and why.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    Task<StepResult> ReverseAsync(string sourceId, IReadOnlyList<SliceId>? slices, StepNote note, CancellationToken cancellationToken);

    /// <summary>Asks the legacy no more. Every slice must be switched, and the time of reversibility be over. There is no way back.</summary>
    Task<StepResult> RetireAsync(string sourceId, StepNote note, CancellationToken cancellationToken);

    /// <summary>Has verified slices that are only followed read in shadow, without comparing them anew.</summary>
    Task<StepResult> ShadowAsync(string sourceId, StepNote note, CancellationToken cancellationToken);

    /// <summary>What is missing for the next forward step of each slice that has one; no codes for a slice that may take it.</summary>
    Task<IReadOnlyList<MissingEvidence>> MissingAsync(MigrationRecord migration, CancellationToken cancellationToken);
}

/// <summary>What came of an order. The family is closed.</summary>
internal abstract record StepResult
{
    private StepResult()
    {
    }

    /// <summary>It was done, or begun.</summary>
    /// <param name="Migration">The migration afterwards.</param>
    internal sealed record Done(MigrationRecord Migration) : StepResult;

    /// <summary>Evidence is missing; nothing was moved.</summary>
    /// <param name="Missing">The slices that lack something.</param>
    internal sealed record Blocked(IReadOnlyList<MissingEvidence> Missing) : StepResult
    {
        /// <summary>Every code once, in the order of the gates.</summary>
        public IEnumerable<string> Codes => Missing.SelectMany(static slice => slice.Codes).Distinct(StringComparer.Ordinal);
    }

    /// <summary>The order does not fit the state.</summary>
    /// <param name="Rule">Stable code (<see cref="StepRules"/>, or a code of the store).</param>
    /// <param name="Message">What to do, for a person. No patient data.</param>
    internal sealed record Conflict(string Rule, string Message) : StepResult;

    /// <summary>There is no such source, migration or slice.</summary>
    /// <param name="What"><c>SOURCE</c>, <c>MIGRATION</c> or <c>SLICE</c>.</param>
    internal sealed record NotFound(string What) : StepResult;
}

/// <summary>What one slice lacks for a step.</summary>
/// <param name="Slice">The slice.</param>
/// <param name="To">Where the step leads.</param>
/// <param name="Codes">Stable codes; empty when nothing is missing.</param>
internal sealed record MissingEvidence(SliceId Slice, MigrationState To, IReadOnlyList<string> Codes);
