using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Federation.Masking;
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

    /// <summary>What it gave of one patient.</summary>
    public PatientSlice Slice(int patient)
    {
        var isShown = plan.SilenceAbout(patient) is null;
        if (outcome is null || LiedAbout || keys[patient].Key is not { } key)
            return PatientSlice.Nothing(SourceId, isShown);
        var unreadable = outcome.Unreadable;
        if (unreadable.Count > 0)
            unreadable = [.. unreadable.Where(item => item.Patient is null || item.Patient == key)];
        return new PatientSlice
        {
            SourceId = SourceId,
            Entries = byKey is null ? outcome.Entries : byKey[key],
            Found = outcome.Found.Count == 0 || byKey is null ? outcome.Found : [.. outcome.Found.Where(found => found.Patient == key)],
            Unreadable = unreadable,
            Nationally = ShareOf(key),
            IsShown = isShown,
            IsWhole = EndingOf(key).Status == SourceStatus.Answered && unreadable.Count == 0,
        };
    }

    /// <summary>The source's part in one patient's answer.</summary>
    /// <param name="patient">Position among the patients planned for.</param>
    /// <param name="left">What is left of its slice for the asker.</param>
    /// <param name="shown">Facts of this source shown to the asker.</param>
    public SourceAnswer Answer(int patient, in VisibleSlice left, int shown)
    {
        if (plan.SilenceAbout(patient) is { } silence)
            return new SourceAnswer(SourceId, silence.Status, silence.Reason, 0, TimeSpan.Zero, null, OfSilence) { IsComplete = silence.Complete };
        if (keys[patient].Key is not { } key)
            return Made(patient, SourceStatus.NotAsked, keys[patient].Reason, 0, false);
        if (LiedAbout)
            return Made(patient, SourceStatus.Quarantined, SourceReason.WrongPatient, 0, false);
        // Told before any gap: what is kept out as somebody else's does not come with the next try.
        if (left.Screen.IsOut)
            return Made(patient, SourceStatus.Quarantined, SourceReason.TraitsMismatch, 0, false);
        if (left.Screen.HoldsBack)
            return Made(patient, SourceStatus.Partial, SourceReason.TraitsMismatch, shown, false);
        if (left.Screen.IsDisputed)
            return Made(patient, SourceStatus.Partial, SourceReason.TraitsDisputed, shown, false);
        if (outcome!.UnknownPatients.Contains(key) && left.IsEmpty)
            return Made(patient, SourceStatus.UnknownPatient, null, 0, true);
        var (status, reason) = EndingOf(key);
        if (status != SourceStatus.Answered)
            return Made(patient, status, reason, shown, false);
        return left.HasUnreadable
            ? Made(patient, SourceStatus.Partial, SourceReason.Unreadable, shown, false)
            : Made(patient, SourceStatus.Answered, null, shown, true);
    }

    /// <summary>True when it was contacted about a patient, also where only to learn what must be hidden.</summary>
    public bool WasAskedAbout(int patient) => outcome is not null && keys[patient].Key is not null;

    /// <summary>The store that would have answered.</summary>
    private Store OfSilence => plan.Source.IsNationalRecord ? Store.National : Store.Legacy;

    private NationalShare ShareOf(PatientKey key) => plan.Source.IsNationalRecord ? NationalShare.All : outcome!.ShareOf(key);

    /// <summary>How the call ended for one patient: gaps of named patients concern those alone.</summary>
    private (SourceStatus Status, string? Reason) EndingOf(PatientKey key)
    {
        var done = outcome!;
        if (done.Status != SourceStatus.Partial || done.Gaps.Count == 0 || done.Gaps.Any(static gap => gap.Patient is null))
            return (done.Status, done.Reason);
        return done.Gaps.FirstOrDefault(gap => gap.Patient == key) is { } gap ? (SourceStatus.Partial, gap.Code) : (SourceStatus.Answered, null);
    }

    private SourceAnswer Made(int patient, SourceStatus status, string? reason, int shown, bool complete)
    {
        var store = keys[patient].Key is { } key && outcome is not null ? ShareOf(key).Store : OfSilence;
        return new(SourceId, status, reason, shown, outcome?.Elapsed ?? TimeSpan.Zero, outcome?.AsOf, store) { IsComplete = complete };
    }
}
