using GraphQL.Types;
using GraphQLParser.AST;

namespace DmpFederation.Hub.Api.GraphQl.Execution;

/// <summary>A field that is given arguments, and what the schema says of it.</summary>
internal readonly record struct ArgumentedField(GraphQLField Field, FieldType Definition);
