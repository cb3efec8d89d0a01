using DmpFederation.Sdk;

namespace DmpFederation.Hub.Migration.Slices;

/// <summary>How a source is cut into slices. Immutable once a migration has begun; ids are lower-case letters, digits and hyphens.</summary>
/// <param name="SourceId">The source.</param>
/// <param name="Waves">In order; a patient belongs to the first that takes the key. The last takes every patient left.</param>
/// <param name="Groups">Groups of categories, together all of them, each category once.</param>
internal sealed record MigrationPlan(string SourceId, IReadOnlyList<Wave> Waves, IReadOnlyList<CategoryGroup> Groups)
{
    /// <summary>Every slice, wave by wave.</summary>
    public IEnumerable<SliceId> Slices() => Waves.SelectMany(wave => Groups.Select(group => new SliceId(SourceId, wave.Id, group.Id)));

    public Wave WaveOf(PatientKey key) => Waves.First(wave => wave.Takes(key));

    public CategoryGroup GroupOf(EntryCategory category) => Groups.First(group => group.Categories.Contains(category));
}

/// <summary>Which patients move together.</summary>
/// <param name="Id">Id within the plan.</param>
/// <param name="Kind">How they are chosen.</param>
internal sealed record Wave(string Id, WaveKind Kind)
{
    /// <summary>The part of all patients, for <see cref="WaveKind.Partition"/>.</summary>
    public PatientPartition Partition { get; init; }

    /// <summary>The patients, for <see cref="WaveKind.Cohort"/> (a cohort of diabetics, the patients of a district), by the keys the source files them under.</summary>
    public IReadOnlySet<PatientKey> Cohort { get; init; } = new HashSet<PatientKey>();

    public bool Takes(PatientKey key) => Kind switch
    {
        WaveKind.Partition => Partition.Contains(key),
        WaveKind.Cohort => Cohort.Contains(key),
        _ => true,
    };
}

internal enum WaveKind
{
    /// <summary>A part of all patients by the hash of their key (a percentage).</summary>
    Partition,

    /// <summary>The patients listed.</summary>
    Cohort,

    /// <summary>Every patient left.</summary>
    Rest,
}

/// <summary>Categories that move together.</summary>
/// <param name="Id">Id within the plan.</param>
/// <param name="Categories">One or more.</param>
internal sealed record CategoryGroup(string Id, IReadOnlySet<EntryCategory> Categories);
