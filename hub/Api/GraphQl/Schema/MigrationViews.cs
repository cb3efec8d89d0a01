using System.ComponentModel;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Hub.Migration.Diverging;
using DmpFederation.Hub.Migration.Orders;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.Migration.Steps;
using DmpFederation.Sdk;
using GraphQL;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>GraphQL type <c>Migration</c>.</summary>
[Name("Migration")]
[Description("How one source stands on its way into the national store. Counts are exact, and are of patients.")]
internal sealed class MigrationView(MigrationStatus status)
{
    private Task<IReadOnlyList<MissingEvidence>>? missing;

    [Id]
    [Description("The source.")]
    public string SourceId => status.SourceId;

    [Description("State of the slice that is least advanced; DIVERGED, or else PAUSED, when any slice is.")]
    public MigrationState State => status.State;

    [Cost(items: 20)]
    [Description("Its slices, wave by wave; none before it begins.")]
    public IReadOnlyList<MigrationSliceView> Slices => [.. status.Slices.Select(slice => new MigrationSliceView(slice, status, this))];

    [Description("Patients copied.")]
    public long Copied => status.Copied;

    [Description("Patients to copy, as the legacy lists them. 0 until they were counted.")]
    public long Total => status.Total;

    [Description("Differences that the last verifications found and no declared equivalence explains.")]
    public long Differences => status.Differences;

    [Cost(self: 20)]
    [Description("Evidence missing for the next forward step, each code once.")]
    public async Task<IReadOnlyList<string>> BlockedByAsync(IResolveFieldContext context, [FromServices] IMigrationDirector director) =>
        [.. (await MissingAsync(director, context.CancellationToken)).SelectMany(static slice => slice.Codes).Distinct(StringComparer.Ordinal)];

    [Description("When it began; null when it has not.")]
    public DateTimeOffset? StartedAt => status.Record?.StartedAt;

    [Description("The national store holds every change the legacy had made until then; null while it was never followed.")]
    public DateTimeOffset? FollowedAt => status.Record?.FollowedAt;

    [Description("Whether an operator holds the brake: then nothing is read from the legacy for its migration.")]
    public bool Braked => status.Record?.Braked ?? false;

    [Description("Limits of the load put on the legacy; null before it begins.")]
    public MigrationLoadView? Load => status.Record is { } record ? new MigrationLoadView(record.Load) : null;

    [Description("Patients copied a second over the last minute; null when nothing is being copied or it is not known yet.")]
    public double? Rate => status.Rate is { } rate ? Math.Round(rate, 2) : null;

    [Description("Seconds until everything being copied is copied, at the present rate; null when that is not known.")]
    public long? EtaSeconds => MigrationSliceView.Seconds(status.Left);

    [Cost(self: 20, items: 50)]
    [Description("Every step of its slices, in order.")]
    public async Task<IReadOnlyList<MigrationStepView>> StepsAsync(IResolveFieldContext context, [FromServices] IMigrationStore store) =>
        status.Record is null
            ? []
            : [.. (await store.StepsAsync(status.SourceId, context.CancellationToken)).Select(static step => new MigrationStepView(step))];

    [Cost(self: 20, items: 10)]
    [Description("Kinds of differences that were declared to be none, those that ended too.")]
    public async Task<IReadOnlyList<EquivalenceView>> EquivalencesAsync(IResolveFieldContext context, [FromServices] IMigrationStore store) =>
        [.. (await store.EquivalencesAsync(status.SourceId, context.CancellationToken)).Select(static one => new EquivalenceView(one))];

    [Cost(self: 50, items: 20)]
    [Description("Facts that were deposited, delivered to this source, and changed by both sides since: each waits for a person. Names no patient.")]
    public async Task<IReadOnlyList<DivergenceView>> DivergencesAsync(IResolveFieldContext context, [FromServices] IDivergenceStore store) =>
        [.. (await store.OpenAsync(status.SourceId, context.CancellationToken)).Select(static one => new DivergenceView(one))];

    /// <summary>Asked for once, however many slices want to know.</summary>
    internal async Task<IReadOnlyList<MissingEvidence>> MissingAsync(IMigrationDirector director, CancellationToken cancellationToken) =>
        status.Record is { } record ? await (missing ??= director.MissingAsync(record, cancellationToken)) : [];
}

/// <summary>GraphQL type <c>MigrationSlice</c>.</summary>
[Name("MigrationSlice")]
[Description("The patients of one wave and the categories of one group: what moves together.")]
internal sealed class MigrationSliceView(SliceRecord slice, MigrationStatus status, MigrationView migration)
{
    [Id]
    [Description("Its id, `source/wave/group`.")]
    public string Id => slice.Id.ToString();

    [Description("Its state.")]
    public MigrationState State => slice.State;

    [Description("What a paused or diverged slice goes back to; null otherwise.")]
    public MigrationState? Resumes => slice.Resumes;

    [Description("Which store serves it now.")]
    public Store ServedBy => slice.ServedNationally ? Store.National : Store.Legacy;

    [Description("Categories that move with it.")]
    public IReadOnlyList<EntryCategory> Categories =>
        [.. status.Record!.Plan.Groups.First(group => group.Id == slice.Id.Group).Categories.Order()];

    [Description("Patients copied.")]
    public long Copied => slice.Copied;

    [Description("Patients to copy, as the legacy lists them. 0 until they were counted.")]
    public long Total => slice.Total;

    [Description("Patients copied a second over the last minute; null when it is not being copied or that is not known yet.")]
    public double? Rate => status.RateOf(slice.Id) is { } rate ? Math.Round(rate, 2) : null;

    [Description("Seconds until it is copied, at the present rate; null when that is not known.")]
    public long? EtaSeconds => Seconds(status.LeftOf(slice));

    [Description("When its last verification ended; null when there was none.")]
    public DateTimeOffset? VerifiedAt => slice.VerifiedAt;

    [Description("Differences that verification found and no declared equivalence explains.")]
    public long Differences => slice.Differences;

    [Description("When its way back was last rehearsed; null when never.")]
    public DateTimeOffset? RehearsedAt => slice.RehearsedAt;

    [Description("When it was switched; null when it is not.")]
    public DateTimeOffset? SwitchedAt => slice.SwitchedAt;

    [Description("Reads compared in shadow.")]
    public long ShadowReads => slice.ShadowReads;

    [Description("Of these, reads that differed beyond the noise of reading the legacy twice.")]
    public long ShadowDifferences => slice.ShadowDifferences;

    [Cost(self: 20)]
    [Description("Evidence missing for its next forward step; empty when it may take it, or has none.")]
    public async Task<IReadOnlyList<string>> MissingAsync(IResolveFieldContext context, [FromServices] IMigrationDirector director) =>
        (await migration.MissingAsync(director, context.CancellationToken)).FirstOrDefault(one => one.Slice == slice.Id)?.Codes ?? [];

    [Cost(self: 200)]
    [Description("What the national store holds of it, counted out of the rows.")]
    public async Task<MigrationCountsView> CountsAsync(IResolveFieldContext context, [FromServices] ICopyStore copies) =>
        new(await copies.CountAsync(slice.Id, context.CancellationToken));

    [Cost(self: 50, items: 50, SizedBy = "first")]
    [Description("What the last verification and the shadow reads found, explained or not, newest first. Names no patient.")]
    public async Task<IReadOnlyList<MigrationDifferenceView>> DifferencesFoundAsync(
        [Description("At most so many, 1 to 500.")][DefaultAstValue("50")] int? first, IResolveFieldContext context, [FromServices] IMigrationStore store)
    {
        var found = await store.DifferencesAsync(slice.Id, DossierView.PageSize(first), context.CancellationToken);
        return [.. found.Select(static difference => new MigrationDifferenceView(difference))];
    }

    internal static long? Seconds(TimeSpan? time) => time is { } known ? (long)Math.Ceiling(known.TotalSeconds) : null;
}
