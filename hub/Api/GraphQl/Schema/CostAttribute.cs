using GraphQL;
using GraphQL.Types;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>
/// What a field costs beside its sub-fields, and how many items a list is taken to have when no <c>first</c> or list argument tells.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
internal sealed class CostAttribute(double self = 1, double items = 1) : GraphQLAttribute
{
    private const string Key = "dmp:cost";

    public override void Modify(FieldType fieldType, bool isInputType) => fieldType.Metadata[Key] = this;

    public double Self { get; } = self;

    public double Items { get; } = items;

    /// <summary>Argument whose number (or number of elements) is the size of the list below; null when none.</summary>
    public string? SizedBy { get; init; }

    public static CostAttribute? Of(FieldType field) => field.Metadata.TryGetValue(Key, out var cost) ? (CostAttribute?)cost : null;
}
