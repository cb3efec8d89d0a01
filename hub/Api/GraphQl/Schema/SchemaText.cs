using GraphQL;
using GraphQL.Types;
using GraphQL.Utilities;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>The schema as SDL, in an order that does not depend on how it was built: it is compared with an approved file.</summary>
internal static class SchemaText
{
    public static string Of(ISchema schema)
    {
        schema.Initialize();
        var options = new PrintOptions { StringComparison = StringComparison.Ordinal, IncludeFederationTypes = false };
        return schema.Print(options).ReplaceLineEndings("\n");
    }
}
