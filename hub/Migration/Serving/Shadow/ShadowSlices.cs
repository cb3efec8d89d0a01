using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.Migration.Verifying;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Migration.Serving.Shadow;

/// <summary>
/// What one patient's facts of one slice in shadow look like on either side. Facts are compared, and whether the patient is known; statements and gaps are
/// verified elsewhere, because a reader's question may leave some of them out. Pure.
/// </summary>
internal static class ShadowSlices
{
    /// <summary>The patients and slices of a read whose every category was asked for.</summary>
    public static IEnumerable<(PatientKey Key, RoutedGroup Group)> Of(ShadowRead read)
    {
        var asked = read.Request.Categories.Count == 0 ? NationalShare.All : NationalShare.Of(read.Request.Categories);
        foreach (var query in read.Request.Patients)
        {
            foreach (var group in read.Route.For(query.Key))
            {
                if (group.Slice.State == MigrationState.Shadow && group.Categories.Without(asked).IsNone)
                    yield return (query.Key, group);
            }
        }
    }

    /// <summary>Differences between what the legacy answered and what is held.</summary>
    public static IReadOnlyList<CopyDifference> Between(SourceOutcome legacy, HeldPatient? held, PatientKey key, RoutedGroup group)
    {
        var (said, copy) = (Facts(legacy, key, group), held?.Groups.GetValueOrDefault(group.Id)?.Copy);
        // Whom nobody knows nobody lists: there is nothing to hold of them.
        return copy is null && said is { IsUnknown: true, Entries.Count: 0 } ? [] : CopyDiff.Between(said, copy is null ? null : Bare(copy));
    }

    /// <summary>Differences between two answers of the legacy: the noise below which a difference says nothing.</summary>
    public static IReadOnlyList<CopyDifference> Between(SourceOutcome one, SourceOutcome other, PatientKey key, RoutedGroup group) =>
        CopyDiff.Between(Facts(one, key, group), Facts(other, key, group));

    private static PatientCopy Facts(SourceOutcome outcome, PatientKey key, RoutedGroup group) => new()
    {
        Key = key,
        IsUnknown = outcome.UnknownPatients.Contains(key),
        Entries = [.. outcome.Entries.Where(entry => entry.FiledUnder == key && group.Categories.Holds(entry.Category))],
    };

    private static PatientCopy Bare(PatientCopy copy) => new() { Key = copy.Key, IsUnknown = copy.IsUnknown, Entries = copy.Entries };
}
