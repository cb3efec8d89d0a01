using System.ComponentModel;
using System.Runtime.CompilerServices;
using DmpFederation.Hub.Api.GraphQl.Execution;
using DmpFederation.Hub.Migration.Orders;
using GraphQL;
using MediatR;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>GraphQL type <c>Subscription</c>.</summary>
[Name("Subscription")]
[Description("What can be watched. A subscription ends when the token expires or the right to see it ends.")]
internal sealed class DossierSubscription
{
    [Description(
        "How one source stands on its way into the national store: at once, then after each change of a count or state, at most twice a second. For "
        + "operators, as `migrations`.")]
    public static async Task<IAsyncEnumerable<MigrationView>> MigrationProgressAsync(
        [Description("The source.")][Id] string sourceId, IResolveFieldContext context, [FromServices] IMediator mediator) =>
        ViewsAsync(MigrationArgument.Value(await mediator.Send(new WatchMigration(context.Actor(), sourceId), context.CancellationToken)));

    private static async IAsyncEnumerable<MigrationView> ViewsAsync(
        IAsyncEnumerable<MigrationAnswer<MigrationStatus>> answers, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var answer in answers.WithCancellation(cancellationToken))
            yield return new MigrationView(MigrationArgument.Value(answer));
    }
}
