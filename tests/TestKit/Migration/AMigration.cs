using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Sdk;

namespace DmpFederation.TestKit.Migration;

/// <summary>Builds migrations as they are kept.</summary>
internal static class AMigration
{
    public static readonly CategoryGroup Medicines = new("medicines", new HashSet<EntryCategory> { EntryCategory.Medication, EntryCategory.Allergy });

    public static readonly CategoryGroup Rest =
        new("rest", Enum.GetValues<EntryCategory>().Where(static category => !Medicines.Categories.Contains(category)).ToHashSet());

    /// <summary>One wave of all patients, medicines apart from the rest; every slice in one state.</summary>
    public static MigrationRecord Of(string sourceId, MigrationState state) =>
        Of(new MigrationPlan(sourceId, [new Wave("all", WaveKind.Rest)], [Medicines, Rest]), _ => state);

    public static MigrationRecord Of(MigrationPlan plan, Func<SliceId, MigrationState> stateOf) => new(
        plan,
        [
            .. plan.Slices().Select(id => new SliceRecord
            {
                Id = id,
                State = stateOf(id),
                ServedNationally = stateOf(id) is MigrationState.Switched or MigrationState.Retired,
                Copied = 1,
                Total = 1,
                Differences = 0,
            }),
        ])
    {
        Version = 1,
        StartedAt = new DateTimeOffset(2009, 9, 1, 8, 0, 0, TimeSpan.Zero),
        FollowedAt = new DateTimeOffset(2009, 10, 1, 8, 0, 0, TimeSpan.Zero),
        Load = new LegacyLoad(),
    };
}
