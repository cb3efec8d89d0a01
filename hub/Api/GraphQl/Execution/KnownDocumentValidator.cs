using GraphQL.Execution;
using GraphQL.Validation;
using GraphQLParser.AST;

namespace DmpFederation.Hub.Api.GraphQl.Execution;

/// <summary>
/// Of a document that was found valid before, only the values of its variables and arguments change from request to request: these are read, and
/// the document is not walked again. Every other document, and one without an asker, takes the library's own way.
/// </summary>
internal sealed class KnownDocumentValidator : IDocumentValidator
{
    private readonly DocumentValidator whole = new();

    public Task<IValidationResult> ValidateAsync(in ValidationOptions options) =>
        options.UserContext is GraphQlUserContext { Document: { Validated: true, Arguments: { } arguments } }
            ? ValuesAsync(options, arguments)
            : whole.ValidateAsync(options);

    private static async Task<IValidationResult> ValuesAsync(ValidationOptions options, IReadOnlyList<ArgumentedField> fields)
    {
        var context = new ValidationContext
        {
            Schema = options.Schema,
            Document = options.Document,
            Operation = options.Operation,
            UserContext = options.UserContext,
            TypeInfo = new TypeInfo(options.Schema),
            Metrics = options.Metrics,
            Variables = options.Variables,
            Extensions = options.Extensions,
            RequestServices = options.RequestServices,
            User = options.User,
            CancellationToken = options.CancellationToken,
        };
        var (variables, errors) = await context.GetVariablesValuesAsync();
        if (errors is { Count: > 0 })
            return new ValidationResult(errors) { Variables = variables };
        var values = new Dictionary<GraphQLField, IDictionary<string, ArgumentValue>>(fields.Count);
        foreach (var (field, definition) in fields)
        {
            try
            {
                if (ExecutionHelper.GetArguments(definition.Arguments, field.Arguments, variables, options.Document, field, null) is { } given)
                    values[field] = given;
            }
            catch (ValidationError error)
            {
                context.ReportError(error);
            }
        }
        return new ValidationResult(context.Errors) { Variables = variables, ArgumentValues = values };
    }
}
