using System.ComponentModel;
using DmpFederation.Hub.Api.GraphQl.Execution;
using DmpFederation.Hub.Migration.Orders;
using GraphQL;
using MediatR;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>What operators order of migrations. An order that takes long only begins it: <c>migrationProgress</c> tells how far it is.</summary>
internal sealed partial class DossierMutation
{
    private const string Why = "Why, for those who look at it later; never about a person. At most 500 characters.";

    [Cost(self: 100)]
    [Description("Begins to copy a source into the national store. For operators. The legacy goes on serving.")]
    public static Task<MigrationView> StartMigrationAsync(
        [Description("The source.")][Id] string sourceId,
        [Description("How it is cut, and how hard the legacy may be asked; left out: one slice.")] MigrationInput? input,
        IResolveFieldContext context,
        [FromServices] IMediator mediator) =>
        OrderAsync(
            new StartMigration(
                context.Actor(),
                (input ?? new()).ToDraft(sourceId),
                MigrationArgument.Load((input?.Load ?? new()).ToDraft()),
                MigrationArgument.Reason(input?.Reason)),
            context,
            mediator);

    [Description("Stops work on every slice; each goes on being served as it is. For operators.")]
    public static Task<MigrationView> PauseMigrationAsync(
        [Description("The source.")][Id] string sourceId, [Description(Why)] string? reason, IResolveFieldContext context, [FromServices] IMediator mediator) =>
        OrderAsync(new PauseMigration(context.Actor(), sourceId, MigrationArgument.Reason(reason)), context, mediator);

    [Description("Has paused slices go on from where they stopped. For operators.")]
    public static Task<MigrationView> ResumeMigrationAsync(
        [Description("The source.")][Id] string sourceId, [Description(Why)] string? reason, IResolveFieldContext context, [FromServices] IMediator mediator) =>
        OrderAsync(new ResumeMigration(context.Actor(), sourceId, MigrationArgument.Reason(reason)), context, mediator);

    [Cost(self: 100)]
    [Description("Begins to compare every copied slice with its legacy. For operators.")]
    public static Task<MigrationView> VerifyMigrationAsync(
        [Description("The source.")][Id] string sourceId, [Description(Why)] string? reason, IResolveFieldContext context, [FromServices] IMediator mediator) =>
        OrderAsync(new VerifyMigration(context.Actor(), sourceId, MigrationArgument.Reason(reason)), context, mediator);

    [Description("Has verified slices read in shadow: both stores are read, the legacy serves. For operators.")]
    public static Task<MigrationView> ShadowMigrationAsync(
        [Description("The source.")][Id] string sourceId, [Description(Why)] string? reason, IResolveFieldContext context, [FromServices] IMediator mediator) =>
        OrderAsync(new ShadowMigration(context.Actor(), sourceId, MigrationArgument.Reason(reason)), context, mediator);

    [Description("Has the national store serve slices, all of them or none. Refused with MIGRATION_BLOCKED while evidence is missing. For operators.")]
    public static Task<MigrationView> SwitchMigrationAsync(
        [Description("The source.")][Id] string sourceId,
        [Description("The slices; left out: every one that is not switched already.")][Id] IReadOnlyList<string>? slices,
        [Description(Why)] string? reason,
        IResolveFieldContext context,
        [FromServices] IMediator mediator) =>
        OrderAsync(
            new SwitchMigration(context.Actor(), sourceId, MigrationArgument.Slices(slices, sourceId), MigrationArgument.Reason(reason)),
            context,
            mediator);

    [Description("Has the legacy serve slices again. For operators.")]
    public static Task<MigrationView> ReverseMigrationAsync(
        [Description("The source.")][Id] string sourceId,
        [Description("The slices; left out: every one in shadow or switched.")][Id] IReadOnlyList<string>? slices,
        [Description("Why, for those who look at it later; never about a person. 1 to 500 characters.")] string reason,
        IResolveFieldContext context,
        [FromServices] IMediator mediator) =>
        OrderAsync(
            new ReverseMigration(context.Actor(), sourceId, MigrationArgument.Slices(slices, sourceId), MigrationArgument.Reason(reason, 1)),
            context,
            mediator);

    [Description("Asks the legacy no more. There is no way back. Refused with MIGRATION_BLOCKED while the time of reversibility runs. For operators.")]
    public static Task<MigrationView> RetireMigrationAsync(
        [Description("The source.")][Id] string sourceId, [Description(Why)] string? reason, IResolveFieldContext context, [FromServices] IMediator mediator) =>
        OrderAsync(new RetireMigration(context.Actor(), sourceId, MigrationArgument.Reason(reason)), context, mediator);

    [Description("Holds or releases the brake: while it is held, nothing is read from the legacy for its migration. For operators.")]
    public static Task<MigrationView> BrakeMigrationAsync(
        [Description("The source.")][Id] string sourceId,
        [Description("Whether it shall be held.")] bool braked,
        [Description(Why)] string? reason,
        IResolveFieldContext context,
        [FromServices] IMediator mediator) =>
        OrderAsync(new BrakeMigration(context.Actor(), sourceId, braked, MigrationArgument.Reason(reason)), context, mediator);

    [Description("Sets how hard the legacy may be asked by its migration, in the place of what was set before. For operators.")]
    public static Task<MigrationView> LimitMigrationAsync(
        [Description("The source.")][Id] string sourceId,
        [Description("The limits.")] MigrationLoadInput load,
        [Description(Why)] string? reason,
        IResolveFieldContext context,
        [FromServices] IMediator mediator) =>
        OrderAsync(
            new LimitMigration(context.Actor(), sourceId, MigrationArgument.Load(load.ToDraft()), MigrationArgument.Reason(reason)), context, mediator);

    [Description("Declares that a kind of difference between a legacy and its copy is none. For operators: who declares it answers for it.")]
    public static Task<MigrationView> DeclareEquivalenceAsync(
        [Description("The source.")][Id] string sourceId,
        [Description("The field, as differences name it; a path of a resource stands for all below it.")] string field,
        [Description("When it ends, within 366 days.")] DateTimeOffset until,
        [Description("Why the two are the same; never about a person. 1 to 500 characters.")] string reason,
        IResolveFieldContext context,
        [FromServices] IMediator mediator) =>
        OrderAsync(
            new DeclareEquivalence(
                context.Actor(),
                sourceId,
                PolicyArgument.Text(field, "field", DeclareEquivalence.LongestField, 1)!,
                until,
                MigrationArgument.Reason(reason, 1)!),
            context,
            mediator);

    [Description(
        "Writes down that a person looked at a fact both sides had changed, and what was done about it. Neither side is changed by it. For operators: who "
        + "settles it answers for it.")]
    public static Task<MigrationView> SettleDivergenceAsync(
        [Description("The source.")][Id] string sourceId,
        [Description("The divergence.")][Id] string id,
        [Description("What was found and done; never about a person. 1 to 500 characters.")] string reason,
        IResolveFieldContext context,
        [FromServices] IMediator mediator) =>
        OrderAsync(
            new SettleDivergence(
                context.Actor(), sourceId, QuarantineArgument.ItemId(id, "id", "a divergence"), MigrationArgument.Reason(reason, 1)!),
            context,
            mediator);

    private static async Task<MigrationView> OrderAsync(MigrationOrder order, IResolveFieldContext context, IMediator mediator) =>
        new(MigrationArgument.Value(await mediator.Send(order, context.CancellationToken)));
}
