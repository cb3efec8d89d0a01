using GraphQL;
using GraphQL.Types;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>Marks a list that is written by a compiled projection instead of node by node (decision 0005).</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ProjectedAttribute : GraphQLAttribute
{
    private const string Key = "dmp:projected";

    public override void Modify(FieldType fieldType, bool isInputType) => fieldType.Metadata[Key] = true;

    public static bool IsOn(FieldType field) => field.Metadata.Count > 0 && field.Metadata.ContainsKey(Key);
}
