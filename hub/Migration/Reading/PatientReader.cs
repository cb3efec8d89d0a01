using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Connectors.Calls;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Identity;
using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Sdk;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Migration.Reading;

/// <summary>
/// Reads all a source says of one patient, through the guards around a reader's call (gate, circuit, slots, budgets, wrong-patient guard) but with a
/// deadline of its own: nobody waits for it. No clinician's policy is asked, for nothing is shown to anybody. A read that broke is no copy; a gap the
/// source states itself is part of what it says.
/// </summary>
internal sealed class PatientReader(
    ISourceReader reader, ISourceHoldings holdings, ICertifiedIdentities identities, IOptions<MigrationOptions> options)
{
    /// <summary>A fact came twice with different content: nobody knows which of them it is.</summary>
    public const string TwoFacts = "LOCAL_ID_TWICE";

    private static readonly string[] Nobody = [CallReasons.Busy, CallReasons.StuckCalls, CallReasons.Closed];

    /// <param name="source">The source.</param>
    /// <param name="key">The key it files the patient under.</param>
    /// <param name="plan">How categories are grouped.</param>
    /// <param name="deadline">Longest wait for the facts; null for the migration's own.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<PatientReading> ReadAsync(
        Source source, PatientKey key, MigrationPlan plan, TimeSpan? deadline, CancellationToken cancellationToken)
    {
        var (query, reason) = await QueryAsync(source, key, cancellationToken);
        if (query is null)
            return new PatientReading.Broken(reason!, IsOutage: reason == KeyReason.IdentityUnavailable);
        var wait = deadline ?? options.Value.ReadDeadline;
        var asked = source with { Budget = source.Budget with { Timeout = wait } };
        var outcome = await reader.ReadAsync(asked, new ReadRequest([query]), wait, cancellationToken);
        if (Breach(source, outcome) is { } broken)
            return broken;
        var facts = SaidOnce(outcome.Entries);
        if (facts is null)
            return new PatientReading.Broken(TwoFacts, IsOutage: false);
        var (contents, fault) = await ContentsAsync(source, key, facts, cancellationToken);
        return fault is not null
            ? Broke(source, fault)
            : new PatientReading.Whole(CopySplit.ByGroup(plan, key, outcome, facts, contents));
    }

    /// <summary>Asked as a reader would ask: a source that matches by traits gets the certified ones.</summary>
    private async Task<(PatientQuery? Query, string? Reason)> QueryAsync(Source source, PatientKey key, CancellationToken cancellationToken)
    {
        if (!source.MatchesByTraits)
            return (new PatientQuery(key), null);
        if (Ins.Parse($"{key.System}|{key.Value}", key.System).Ins is not { } ins)
            return (null, KeyReason.NotUnderstood);
        var identity = await identities.FindAsync(ins, cancellationToken);
        var translation = KeyTranslator.Translate(ins, identity, [key.System], byTraits: true);
        return translation.Key is { } asked ? (new PatientQuery(asked, identity.Traits), null) : (null, translation.Reason);
    }

    private static PatientReading.Broken? Breach(Source source, SourceOutcome outcome) => outcome switch
    {
        { Status: SourceStatus.Answered } => null,
        { Status: SourceStatus.Partial } when outcome.Gap is not null || outcome.Gaps.Count > 0 => null,
        { Status: SourceStatus.CircuitOpen or SourceStatus.NotAsked or SourceStatus.NotAllowed or SourceStatus.Quarantined } =>
            new PatientReading.Broken(outcome.Reason ?? CallReasons.Fault, IsOutage: true),
        _ => Broke(source, outcome.Reason ?? CallReasons.Fault),
    };

    /// <summary>What broke while the source answers nobody, or had no slot for the call, tells nothing of the patient.</summary>
    private static PatientReading.Broken Broke(Source source, string code) =>
        new(code, source.State is not (SourceState.Active or SourceState.Starting) || Nobody.Contains(code));

    /// <summary>The facts, each once; null when one local id stands for two different facts.</summary>
    private static IReadOnlyList<DossierEntry>? SaidOnce(IReadOnlyList<DossierEntry> entries)
    {
        var byId = new Dictionary<string, DossierEntry>(entries.Count, StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (!byId.TryAdd(entry.LocalId, entry) && Verifying.EntryDiff.Between(byId[entry.LocalId], entry).Count > 0)
                return null;
        }
        return byId.Count == entries.Count ? entries : [.. byId.Values];
    }

    private async Task<(IReadOnlyDictionary<string, ContentCopy>? Contents, string? Fault)> ContentsAsync(
        Source source, PatientKey key, IReadOnlyList<DossierEntry> facts, CancellationToken cancellationToken)
    {
        if (!source.Capabilities.Contains(nameof(IDocumentContent)))
            return (null, null);
        Dictionary<string, ContentCopy>? contents = null;
        var bounds = new DocumentBounds(options.Value.MaxContentBytes, options.Value.ReadDeadline);
        foreach (var document in facts)
        {
            if (document.Category != EntryCategory.Document)
                continue;
            var content = await holdings.OpenContentAsync(source, key, document.LocalId, bounds, cancellationToken);
            if (content.Reason is not null)
                return (null, content.Reason);
            if (content.ContentType is { } type)
                (contents ??= new(StringComparer.Ordinal)).Add(document.LocalId, new ContentCopy(type, content.Bytes));
        }
        return (contents, null);
    }
}
