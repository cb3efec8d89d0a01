using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.Migration.Verifying;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Migration.Serving.Shadow;

/// <summary>
/// Compares one answer. What differs is looked at a second time: only what differs from both of two answers of the legacy, and on which these agree, is a
/// difference; the rest is noise (A/A), or was a change on its way.
/// </summary>
internal sealed class ShadowComparison(ICopyStore copies, TimeProvider clock)
{
    /// <summary>Differences by slice; a slice without any is there with an empty list.</summary>
    /// <exception cref="MigrationUnavailableException">The national store cannot be used.</exception>
    public async Task<ShadowFindings> CompareAsync(ShadowRead read, TimeSpan limit, CancellationToken cancellationToken)
    {
        var slices = ShadowSlices.Of(read).ToList();
        var findings = new ShadowFindings(clock.GetUtcNow());
        if (slices.Count == 0)
            return findings;
        var first = await DifferencesAsync(read, read.Outcome, slices, cancellationToken);
        var again = first.Exists(static one => one.Found.Count > 0)
            ? await read.Legacy.ReadAsync(read.Source, read.Request, limit, cancellationToken)
            : null;
        if (again is { Status: not SourceStatus.Answered })
            return findings;
        var second = again is null ? first : await DifferencesAsync(read, again, slices, cancellationToken);
        for (var at = 0; at < slices.Count; at++)
        {
            var (key, group) = slices[at];
            var noise = again is null ? [] : ShadowSlices.Between(read.Outcome, again, key, group);
            var real = first[at].Found.Intersect(second[at].Found).Except(noise).ToList();
            findings.Add(group.Slice.Id, real.Select(found => new FieldDifference(found.LocalId, found.Field, null)
            {
                PatientDigest = PatientDigest.Of(read.Source.Id, key),
                SeenAt = findings.SeenAt,
                InShadow = true,
            }));
            findings.HadNoise |= first[at].Found.Count > real.Count;
        }
        return findings;
    }

    private async Task<List<(PatientKey Key, IReadOnlyList<CopyDifference> Found)>> DifferencesAsync(
        ShadowRead read, SourceOutcome legacy, List<(PatientKey Key, RoutedGroup Group)> slices, CancellationToken cancellationToken)
    {
        var held = await copies.ReadAsync(read.Source.Id, [.. slices.Select(static slice => slice.Key).Distinct()], cancellationToken);
        return slices.ConvertAll(slice =>
            (slice.Key, ShadowSlices.Between(legacy, held.FirstOrDefault(patient => patient.Key == slice.Key), slice.Key, slice.Group)));
    }
}

/// <summary>What a comparison found, by slice.</summary>
/// <param name="seenAt">When: one moment for all of a read, so that a read that differs in several fields counts once.</param>
internal sealed class ShadowFindings(DateTimeOffset seenAt)
{
    private readonly Dictionary<SliceId, List<FieldDifference>> bySlice = [];
    private readonly Dictionary<SliceId, int> reads = [];

    public DateTimeOffset SeenAt => seenAt;

    public bool HadNoise { get; set; }

    public bool HasDifferences => bySlice.Values.Any(static found => found.Count > 0);

    public IEnumerable<(SliceId Slice, int Reads, IReadOnlyList<FieldDifference> Differences)> BySlice =>
        bySlice.Select(slice => (slice.Key, reads[slice.Key], (IReadOnlyList<FieldDifference>)slice.Value));

    /// <summary>Adds one patient's facts of a slice.</summary>
    public void Add(SliceId slice, IEnumerable<FieldDifference> differences)
    {
        if (!bySlice.TryGetValue(slice, out var found))
            bySlice.Add(slice, found = []);
        found.AddRange(differences);
        reads[slice] = reads.GetValueOrDefault(slice) + 1;
    }
}
