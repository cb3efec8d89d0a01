using System.Collections.Frozen;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Migration.Serving;

/// <summary>Which store serves which part of a source, as its migration says. Immutable.</summary>
internal sealed class SourceRoute
{
    private readonly FrozenDictionary<string, RoutedGroup[]> waves;

    public SourceRoute(MigrationRecord migration)
    {
        Migration = migration;
        var groups = migration.Plan.Groups.ToDictionary(static group => group.Id, StringComparer.Ordinal);
        waves = migration.Slices.GroupBy(static slice => slice.Id.Wave, StringComparer.Ordinal).ToFrozenDictionary(
            static wave => wave.Key,
            wave => wave.Select(slice => new RoutedGroup(slice, NationalShare.Of(groups[slice.Id.Group].Categories))).ToArray(),
            StringComparer.Ordinal);
        ServesAny = migration.Slices.Any(static slice => slice.ServedNationally);
        ServesAll = migration.Slices.All(static slice => slice.ServedNationally);
        HasShadow = migration.Slices.Any(static slice => slice.State == MigrationState.Shadow);
        IsFollowed = !migration.Slices.All(static slice => slice.State == MigrationState.Retired);
    }

    public MigrationRecord Migration { get; }

    /// <summary>True when the national store serves a part of it.</summary>
    public bool ServesAny { get; }

    /// <summary>True when the national store serves all of it: the legacy system is its fallback, or is asked no more.</summary>
    public bool ServesAll { get; }

    /// <summary>True when a part is read in both, to be compared.</summary>
    public bool HasShadow { get; }

    /// <summary>True while the legacy may still change what the national store holds.</summary>
    public bool IsFollowed { get; }

    /// <summary>The groups of categories of a patient, each with the slice the patient belongs to.</summary>
    public IReadOnlyList<RoutedGroup> For(PatientKey key) => waves[Migration.Plan.WaveOf(key).Id];
}

/// <summary>A group of categories of a patient, and where it stands.</summary>
/// <param name="Slice">The slice the patient's facts of the group belong to.</param>
/// <param name="Categories">The group's categories.</param>
internal readonly record struct RoutedGroup(SliceRecord Slice, NationalShare Categories)
{
    public string Id => Slice.Id.Group;
}
