using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Migration.Verifying;

/// <summary>What a verification of one slice found so far. Keeps no more than it may show. Used by one task at a time.</summary>
internal sealed class Findings(DeclaredEquivalences equivalences, TimeProvider clock)
{
    private const int MostKept = 1_000;

    private readonly List<FieldDifference> unexplained = [];
    private readonly List<FieldDifference> explained = [];
    private readonly SortedDictionary<string, long> kept = new(StringComparer.Ordinal);
    private readonly DateTimeOffset began = clock.GetUtcNow();

    public long Patients { get; private set; }

    public long Unexplained { get; private set; }

    private long Facts { get; set; }

    /// <summary>Counts what a patient's record is made of.</summary>
    public void Count(PatientCopy legacy)
    {
        Patients++;
        Facts += legacy.Entries.Count;
        foreach (var item in legacy.Unreadable)
            Keep($"{LossFates.Unread}:{item.Code}");
        foreach (var entry in legacy.Entries)
        {
            if (entry.Category == EntryCategory.Other)
                Keep(LossFates.NoCategory);
        }
    }

    /// <summary>True when every difference is explained, so that there is no need to look again.</summary>
    public bool Explains(IReadOnlyList<CopyDifference> differences) => differences.All(one => equivalences.Explain(one.Field) is not null);

    /// <summary>Notes differences that stay.</summary>
    public void Add(string sourceId, PatientKey patient, IReadOnlyList<CopyDifference> differences)
    {
        var (digest, now) = (PatientDigest.Of(sourceId, patient), clock.GetUtcNow());
        foreach (var (localId, field) in differences)
        {
            var explanation = field == DiffFields.Unread ? null : equivalences.Explain(field);
            if (explanation is null)
                Unexplained++;
            var list = explanation is null ? unexplained : explained;
            if (list.Count < MostKept)
                list.Add(new FieldDifference(localId, field, explanation) { PatientDigest = digest, SeenAt = now });
        }
    }

    /// <summary>The result.</summary>
    /// <param name="refused">Facts of the slice the national model refuses.</param>
    public VerifiedSlice Close(long refused)
    {
        var losses = kept.Select(static one => new MappingLoss(one.Key, LossFates.KeptRaw, one.Value)).ToList();
        if (refused > 0)
        {
            var signed = equivalences.Explain(LossFates.FieldOf(LossFates.NotFhir)) is not null;
            losses.Insert(0, new MappingLoss(LossFates.NotFhir, signed ? LossFates.Signed : LossFates.Refused, refused));
        }
        return new VerifiedSlice(began, Patients, Facts, [.. unexplained.Concat(explained).Take(MostKept)], Unexplained, losses);
    }

    private void Keep(string kind) => kept[kind] = kept.GetValueOrDefault(kind) + 1;
}
