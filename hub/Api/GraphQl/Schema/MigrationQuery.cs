using System.ComponentModel;
using DmpFederation.Hub.Api.GraphQl.Execution;
using DmpFederation.Hub.Migration.Orders;
using GraphQL;
using MediatR;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>What operators ask about migrations.</summary>
internal sealed partial class DossierQuery
{
    [Cost(items: 20)]
    [Description(
        "How every source stands on its way into the national store, ordered by id; FEDERATED without slices where it has not begun. Region operators "
        + "see their own region's sources; national operators and the data protection officer see every source.")]
    public static async Task<IReadOnlyList<MigrationView>> MigrationsAsync(IResolveFieldContext context, [FromServices] IMediator mediator)
    {
        var answer = await mediator.Send(new ListMigrations(context.Actor()), context.CancellationToken);
        return [.. MigrationArgument.Value(answer).Select(static status => new MigrationView(status))];
    }

    [Description("How one source stands on its way into the national store. For operators, as `migrations`.")]
    public static async Task<MigrationView?> MigrationAsync(
        [Description("The source.")][Id] string sourceId, IResolveFieldContext context, [FromServices] IMediator mediator) =>
        new(MigrationArgument.Value(await mediator.Send(new FindMigration(context.Actor(), sourceId), context.CancellationToken)));
}
