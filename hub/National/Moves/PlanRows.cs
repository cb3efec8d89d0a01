using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.National.Copies.Codec;
using DmpFederation.Hub.National.Policies;
using DmpFederation.Sdk;
using Microsoft.EntityFrameworkCore;

namespace DmpFederation.Hub.National.Moves;

/// <summary>A plan as rows: waves with their cohorts, groups with their categories. A cohort is one value, since it is read and written as a whole.</summary>
internal static class PlanRows
{
    public static void Add(NationalDb db, MigrationPlan plan)
    {
        db.AddRange(plan.Waves.Select((wave, at) => new WaveRow
        {
            SourceId = plan.SourceId,
            Position = at,
            Wave = wave.Id,
            Kind = wave.Kind,
            PartitionIndex = wave.Partition.Index,
            PartitionCount = wave.Partition.Count,
            Cohort = Write(wave.Cohort),
        }));
        db.AddRange(plan.Groups.Select((group, at) => new GroupRow
        {
            SourceId = plan.SourceId,
            Position = at,
            CategoryGroup = group.Id,
            Categories = TextList.Write([.. group.Categories.Order().Select(static category => category.ToString())]),
        }));
    }

    /// <exception cref="InvalidDataException">It is not of a form this hub knows.</exception>
    /// <exception cref="ArgumentException">It names a category this hub does not know.</exception>
    public static async Task<MigrationPlan> ReadAsync(NationalDb db, string sourceId, CancellationToken cancellationToken)
    {
        var waves = await db.Waves.AsNoTracking().Where(wave => wave.SourceId == sourceId).OrderBy(static wave => wave.Position)
            .ToListAsync(cancellationToken);
        var groups = await db.Groups.AsNoTracking().Where(group => group.SourceId == sourceId).OrderBy(static group => group.Position)
            .ToListAsync(cancellationToken);
        return new MigrationPlan(
            sourceId,
            waves.ConvertAll(static wave => new Wave(wave.Wave, wave.Kind)
            {
                Partition = new PatientPartition(wave.PartitionIndex, wave.PartitionCount),
                Cohort = Read(wave.Cohort),
            }),
            groups.ConvertAll(static group => new CategoryGroup(
                group.CategoryGroup, TextList.Read(group.Categories).Select(static name => Enum.Parse<EntryCategory>(name)).ToHashSet())));
    }

    private static byte[] Write(IReadOnlySet<PatientKey> cohort)
    {
        var blob = new BlobWriter();
        foreach (var key in cohort)
            blob.Key(key);
        return blob.Written.ToArray();
    }

    private static HashSet<PatientKey> Read(byte[] cohort)
    {
        var keys = new HashSet<PatientKey>();
        var blob = new BlobReader(cohort);
        while (!blob.AtEnd)
            keys.Add(blob.Key());
        return keys;
    }
}
