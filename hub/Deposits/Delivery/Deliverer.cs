using DmpFederation.Hub.Access;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Identity;
using DmpFederation.Sdk;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Deposits.Delivery;

/// <summary>
/// Takes one deposit to one legacy system. What the patient decided is asked again first: a refusal that came while it waited holds. Stateless.
/// </summary>
internal sealed class Deliverer(
    ISourceRegistry registry, ISourceWriter writer, DossierDecider decider, RecipientFinder recipients, IOptions<DepositOptions> options,
    TimeProvider clock)
{
    /// <exception cref="OperationCanceledException">The node stops; the fact may have been written.</exception>
    public async Task<DeliveryNote> DeliverAsync(DueDelivery delivery, CancellationToken cancellationToken)
    {
        if (registry.Current.Find(delivery.SourceId) is not { } source)
            return Waits(delivery, DeliveryCodes.SourceUnknown);
        var patient = Ins.Parse(delivery.Patient.Value, delivery.Patient.System).Ins
            ?? throw new InvalidOperationException("A deposit is filed under an INS.");
        if (await ObjectionAsync(delivery, patient, cancellationToken) is { } objection)
            return objection;
        var recipient = await recipients.FindAsync(source, patient, cancellationToken);
        if (recipient.Key is not { } key)
            return recipient.IsFinal ? Refused(delivery, recipient.Code!) : Waits(delivery, recipient.Code!);

        var resource = delivery.Content is { } content ? KeptResource.With(delivery.Resource, content) : delivery.Resource;
        var entry = DossierEntry.FromJson(resource, new EntryContext(key, delivery.UniqueId));
        var outcome = await writer.WriteAsync(source, entry, delivery.UniqueId, cancellationToken);
        return outcome switch
        {
            { IsWritten: true } => new DeliveryNote(DeliveryState.Delivered, null, outcome.LocalId, delivery.Attempts + 1, clock.GetUtcNow()),
            { IsFinal: true } => Refused(delivery, outcome.Code!),
            _ => Waits(delivery, outcome.Code!),
        };
    }

    /// <summary>It is tried again, later each time.</summary>
    public DeliveryNote Waits(DueDelivery delivery, string code) => new(
        DeliveryState.Pending, code, null, delivery.Attempts + 1,
        clock.GetUtcNow() + DoublingWait.Of(options.Value.FirstPause, options.Value.LongestPause, delivery.Attempts));

    private DeliveryNote Refused(DueDelivery delivery, string code) =>
        new(DeliveryState.Refused, code, null, delivery.Attempts + 1, clock.GetUtcNow());

    private async Task<DeliveryNote?> ObjectionAsync(DueDelivery delivery, Ins patient, CancellationToken cancellationToken)
    {
        var depositor = new Actor
        {
            Role = ActorRole.Professional,
            Id = delivery.Depositor.Id,
            Profession = delivery.Depositor.Profession,
            OrganizationId = delivery.Depositor.OrganizationId,
        };
        try
        {
            var right = await decider.FeedingAsync(depositor, patient, cancellationToken);
            return right.Of(delivery.SourceId) is { Allowed: false } refused ? Refused(delivery, refused.Code!) : null;
        }
        catch (PolicyUnavailableException)
        {
            return Waits(delivery, DeliveryCodes.PolicyUnavailable);
        }
    }
}
