using System.ComponentModel;
using DmpFederation.Hub.Api.GraphQl.Execution;
using DmpFederation.Hub.Deposits;
using GraphQL;
using MediatR;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>Writing into dossiers.</summary>
internal sealed partial class DossierMutation
{
    [Cost(self: 200)]
    [Description(
        "Writes one fact or document into the national record, and from there into the legacy dossiers that take deposits. A professional in a "
        + "situation d'exercice, by direct authentication; the dossier must be open and the patient not opposed to feeding. Idempotent by "
        + "`uniqueId`; other content under it is a CONFLICT. What is no FHIR R4 is refused with the element to mend, and nothing is kept.")]
    public static async Task<DepositReceiptView> DepositAsync(
        [Description("The patient.")] InsArgument ins,
        [Description("What is deposited.")] DepositInput input,
        IResolveFieldContext context,
        [FromServices] IMediator mediator)
    {
        var request = new Deposit(context.Actor(), PolicyArgument.Patient(ins), input.ToDraft());
        return await mediator.Send(request, context.CancellationToken) switch
        {
            DepositResult.Kept kept => new DepositReceiptView(kept),
            DepositResult.Refused refused => throw new CodedError(ProblemMap.From(refused.Fault)),
            _ => throw new InvalidOperationException("The family of deposit results is closed."),
        };
    }

    [Description(
        "Has a delivery that waits or was refused tried at once. For operators: of their own region's sources, national operators of every one.")]
    public static async Task<DeliveryView> RetryDeliveryAsync(
        [Description("The delivery.")][Id] string id,
        IResolveFieldContext context,
        [FromServices] IMediator mediator)
    {
        var request = new RetryDelivery(context.Actor(), QuarantineArgument.ItemId(id, "id", "a delivery"));
        return new DeliveryView(DeliveryArgument.Value(await mediator.Send(request, context.CancellationToken)));
    }
}
