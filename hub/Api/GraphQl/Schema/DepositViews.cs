using System.ComponentModel;
using System.Globalization;
using DmpFederation.Hub.Deposits;
using GraphQL;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>GraphQL type <c>DepositReceipt</c>.</summary>
[Name("DepositReceipt")]
[Description("Proof that a deposit is kept. The same deposit again gives the same one, with its deliveries as they are then.")]
internal sealed class DepositReceiptView(DepositResult.Kept kept)
{
    [Id]
    [Description("Id of the fact: an origin of `Entry.origins`, and what masks name.")]
    public string EntryId => kept.EntryId;

    [Id]
    [Description("The national record, as a source.")]
    public string SourceId => kept.SourceId;

    [Description("Its name; also `Origin.localId`.")]
    public string UniqueId => kept.Receipt.UniqueId;

    [Description("When it was kept.")]
    public DateTimeOffset ReceivedAt => kept.Receipt.ReceivedAt;

    [Description("Legacy dossiers it is written to.")]
    public IReadOnlyList<DepositDeliveryView> Deliveries { get; } = [.. kept.Receipt.Deliveries.Select(static line => new DepositDeliveryView(line))];
}

/// <summary>GraphQL type <c>DepositDelivery</c>.</summary>
[Name("DepositDelivery")]
[Description("How far a deposit came on its way to one legacy dossier.")]
internal sealed class DepositDeliveryView(DeliveryStatus line)
{
    [Id]
    [Description("The legacy dossier.")]
    public string SourceId => line.SourceId;

    [Description("How far it came.")]
    public DeliveryState State => line.State;

    [Description("Stable code of why it waits or was refused; null when it was not tried yet, and when it was delivered.")]
    public string? Code => line.Code;
}

/// <summary>GraphQL type <c>DeliveryPage</c>.</summary>
[Name("DeliveryPage")]
[Description("A page of deliveries, newest first.")]
internal sealed class DeliveryPageView(DeliveryPage page)
{
    [Description("The deliveries.")]
    public IReadOnlyList<DeliveryView> Nodes { get; } = [.. page.Lines.Select(static line => new DeliveryView(line))];

    [Id]
    [Description("Pass as `after` for the next page; null when this page is empty.")]
    public string? EndCursor => Nodes.Count == 0 ? null : Nodes[^1].Id;

    [Description("Whether deliveries follow this page.")]
    public bool HasNext => page.HasNext;
}

/// <summary>GraphQL type <c>Delivery</c>: nothing tells whose it is.</summary>
[Name("Delivery")]
[Description("One deposit on its way to one legacy dossier, as those who run the dossier see it.")]
internal sealed class DeliveryView(DeliveryLine line)
{
    [Id]
    [Description("Id of the delivery.")]
    public string Id => line.Id.ToString(CultureInfo.InvariantCulture);

    [Id]
    [Description("The legacy dossier.")]
    public string SourceId => line.SourceId;

    [Description("How far it came.")]
    public DeliveryState State => line.State;

    [Description("Stable code of why it waits or was refused; null when it was not tried yet, and when it was delivered.")]
    public string? Code => line.Code;

    [Description("Tries so far.")]
    public int Attempts => line.Attempts;

    [Description("When the deposit was made.")]
    public DateTimeOffset ReceivedAt => line.ReceivedAt;

    [Description("When this state was last said.")]
    public DateTimeOffset ChangedAt => line.ChangedAt;

    [Description("When it is tried again; null unless it waits.")]
    public DateTimeOffset? DueAt => line.DueAt;
}

internal sealed class DeliveryStateEnum() : DescribedEnum<DeliveryState>("DeliveryState", "How far a deposit came on its way.", value => value switch
{
    DeliveryState.Pending => "It waits: the dossier was not asked yet, or was away.",
    DeliveryState.Delivered => "The dossier holds it.",
    DeliveryState.Refused => "It was refused, and is not tried again by itself.",
    _ => throw new ArgumentOutOfRangeException(nameof(value)),
});
