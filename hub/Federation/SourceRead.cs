using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Federation.Merge;
using DmpFederation.Hub.Identity;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Federation;

/// <summary>
/// What one source gave for all patients of a request, cut into one slice per patient. An entry filed under a key that was not asked for
/// takes the whole source out of the answer: the guard around the call should have caught it, and who mixes two patients cannot be
/// believed about either.
/// </summary>
internal sealed class SourceRead
{
    private readonly SourcePlan plan;
    private readonly KeyTranslation[] keys;
    private readonly SourceOutcome? outcome;
    private readonly Dictionary<PatientKey, List<DossierEntry>>? byKey;

    private SourceRead(SourcePlan plan, KeyTranslation[] keys, SourceOutcome? outcome)
    {
        this.plan = plan;
        this.keys = keys;
        this.outcome = outcome;
        if (outcome is null)
            return;
        var asked = keys.Select(static key => key.Key).OfType<PatientKey>().ToHashSet();
        if (asked.Count == 1)
        {
            var only = asked.First();
            LiedAbout = outcome.Entries.Any(entry => entry.FiledUnder != only);
            return;
        }
        LiedAbout = outcome.Entries.Any(entry => !asked.Contains(entry.FiledUnder));
        if (LiedAbout)
            return;
        byKey = asked.ToDictionary(static key => key, static _ => new List<DossierEntry>());
        foreach (var entry in outcome.Entries)
            byKey[entry.FiledUnder].Add(entry);
    }

    public string SourceId => plan.Source.Id;

    /// <summary>True when it gave an entry of a patient it was not asked about.</summary>
    public bool LiedAbout { get; }

    /// <summary>Not contacted, for a reason that holds for every patient.</summary>
    public static SourceRead Silent(SourcePlan plan) => new(plan, [], null);

    /// <summary>Not contacted: no patient has a key it understands.</summary>
    public static SourceRead Untranslated(SourcePlan plan, KeyTranslation[] keys) => new(plan, keys, null);

    /// <summary>Contacted.</summary>
    public static SourceRead Of(SourcePlan plan, KeyTranslation[] keys, SourceOutcome outcome) => new(plan, keys, outcome);

    /// <summary>Whom it says it files one patient's facts under.</summary>
    public SourceStatements Statements(int patient)
    {
        if (outcome is not { Found.Count: > 0 } || LiedAbout || keys[patient].Key is not { } key)
            return new SourceStatements(SourceId, []);
        return new SourceStatements(SourceId, byKey is null ? outcome.Found : [.. outcome.Found.Where(found => found.Patient == key)]);
    }

    /// <summary>Entries of one patient that pass the screen.</summary>
    public SourceEntries Entries(int patient, SourceScreen screen)
    {
        IReadOnlyList<DossierEntry> entries = outcome is null || LiedAbout || screen.IsOut || keys[patient].Key is not { } key
            ? []
            : byKey is null ? outcome.Entries : byKey[key];
        if (screen.HoldsBack)
            entries = [.. entries.Where(screen.LetsThrough)];
        return new SourceEntries(SourceId, Store.Legacy, entries);
    }

    /// <summary>The source's part in one patient's answer.</summary>
    /// <param name="patient">Position among the patients planned for.</param>
    /// <param name="screen">What the comparison of traits let through.</param>
    /// <param name="shown">Facts of this source shown to the asker.</param>
    public SourceAnswer Answer(int patient, SourceScreen screen, int shown)
    {
        if (plan.Silence is { } silence)
            return Made(silence.Status, silence.Reason, 0, silence.Complete);
        if (keys[patient].Key is not { } key)
            return Made(SourceStatus.NotAsked, keys[patient].Reason, 0, false);
        var done = outcome!;
        if (LiedAbout)
            return Made(SourceStatus.Quarantined, SourceReason.WrongPatient, 0, false);
        // Told before any gap: what is kept out as somebody else's does not come with the next try.
        if (screen.IsOut)
            return Made(SourceStatus.Quarantined, SourceReason.TraitsMismatch, 0, false);
        if (screen.HoldsBack)
            return Made(SourceStatus.Partial, SourceReason.TraitsMismatch, shown, false);
        if (screen.IsDisputed)
            return Made(SourceStatus.Partial, SourceReason.TraitsDisputed, shown, false);
        if (done.UnknownPatients.Contains(key) && Entries(patient, screen).Entries.Count == 0)
            return Made(SourceStatus.UnknownPatient, null, 0, true);
        if (done.Status == SourceStatus.Partial && done.Gaps.Count > 0 && done.Gaps.All(static gap => gap.Patient is not null))
        {
            if (done.Gaps.FirstOrDefault(gap => gap.Patient == key) is { } gap)
                return Made(SourceStatus.Partial, gap.Code, shown, false);
        }
        else if (done.Status != SourceStatus.Answered)
        {
            return Made(done.Status, done.Reason, shown, false);
        }
        return done.Unreadable.Any(item => item.Patient is null || item.Patient == key)
            ? Made(SourceStatus.Partial, SourceReason.Unreadable, shown, false)
            : Made(SourceStatus.Answered, null, shown, true);
    }

    private SourceAnswer Made(SourceStatus status, string? reason, int shown, bool complete) =>
        new(SourceId, status, reason, shown, outcome?.Elapsed ?? TimeSpan.Zero, outcome?.AsOf, Store.Legacy) { IsComplete = complete };
}
