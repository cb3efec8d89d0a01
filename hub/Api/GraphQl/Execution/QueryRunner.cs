using DmpFederation.Hub.Api.GraphQl.Schema;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Validation;
using GraphQLParser.AST;
using GraphQLParser.Exceptions;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Api.GraphQl.Execution;

/// <summary>A GraphQL request as every transport hands it over.</summary>
internal sealed record GraphQlRequest(string Query, string? OperationName, Inputs Variables, Inputs Extensions, bool QueriesOnly = false)
{
    /// <summary>True where the connection stays open, so that subscriptions can be answered.</summary>
    public bool Live { get; init; }

    public override string ToString() => $"GraphQlRequest({Query.Length} characters)";
}

/// <summary>Runs one request: parse or find the document, check its bounds, validate it once, execute.</summary>
internal sealed class QueryRunner
{
    private readonly DossierSchema schema;
    private readonly IDocumentExecuter executer;
    private readonly IDocumentBuilder parser;
    private readonly DocumentCache cache;
    private readonly UnforeseenFaults faults;
    private readonly GraphQlOptions options;
    private readonly IValidationRule[] rules;
    private readonly IValidationRule[] rulesOfCached;

    public QueryRunner(
        DossierSchema schema,
        IDocumentExecuter executer,
        IDocumentBuilder parser,
        DocumentCache cache,
        UnforeseenFaults faults,
        IOptions<GraphQlOptions> options)
    {
        // Fields have no wire names before that, and the cost of a document is told by them.
        schema.Initialize();
        this.schema = schema;
        this.executer = executer;
        this.parser = parser;
        this.cache = cache;
        this.faults = faults;
        this.options = options.Value;
        rulesOfCached = this.options.Introspection ? [ActorRule.Instance] : [ActorRule.Instance, NoIntrospectionRule.Instance];
        rules = [.. rulesOfCached, ArgumentsRule.Instance, .. DocumentValidator.CoreRules];
    }

    /// <summary>Never throws but for cancellation; the caller disposes <paramref name="userContext"/> after the answer is written.</summary>
    public async Task<ExecutionResult> RunAsync(
        GraphQlRequest request, GraphQlUserContext userContext, IServiceProvider services, CancellationToken cancellationToken)
    {
        try
        {
            var (document, problem) = Document(request);
            problem ??= Unfit(request, document!.Cost.Operation?.Operation ?? OperationType.Query);
            problem ??= document!.Cost.Check(request.Variables);
            if (problem is not null)
                return new ExecutionResult(new CodedError(problem));
            return await ExecuteAsync(request, document!, userContext, services, cancellationToken);
        }
        catch (ExecutionError error)
        {
            return new ExecutionResult(error);
        }
        catch (GraphQLMaxDepthExceededException)
        {
            return new ExecutionResult(new CodedError(ProblemMap.TooDeep(options.MaxDepth)));
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return new ExecutionResult(faults.ToError(fault));
        }
    }

    private static Problem? Unfit(GraphQlRequest request, OperationType type) => type switch
    {
        OperationType.Subscription when !request.Live =>
            ProblemMap.BadRequest("Subscriptions run over a WebSocket on /graphql (graphql-transport-ws) or on /graphql/stream.", "SUBSCRIPTION"),
        OperationType.Mutation when request.QueriesOnly => ProblemMap.MethodNotAllowed("GET runs queries only; use POST."),
        _ => null,
    };

    private (CachedDocument? Document, Problem? Problem) Document(GraphQlRequest request)
    {
        if (cache.Find(request.Query, request.OperationName) is { } cached)
            return (cached, null);
        if (request.Query.Length > options.MaxDocumentLength)
            return (null, ProblemMap.BadRequest($"The document is longer than {options.MaxDocumentLength} characters.", "DOCUMENT_LENGTH"));
        var parsed = parser.Build(request.Query);
        return NodeCount.IsWithin(parsed, options.MaxNodes)
            ? (new CachedDocument(parsed, new DocumentCost(parsed, schema, request.OperationName, options)), null)
            : (null, ProblemMap.TooManyNodes(options.MaxNodes));
    }

    private async Task<ExecutionResult> ExecuteAsync(
        GraphQlRequest request,
        CachedDocument document,
        GraphQlUserContext userContext,
        IServiceProvider services,
        CancellationToken cancellationToken)
    {
        userContext.Document = document;
        var result = await executer.ExecuteAsync(new ExecutionOptions
        {
            Schema = schema,
            Query = request.Query,
            Document = document.Document,
            OperationName = request.OperationName,
            Variables = request.Variables,
            Extensions = request.Extensions,
            UserContext = userContext,
            RequestServices = services,
            ValidationRules = document.Validated ? rulesOfCached : rules,
            CachedDocumentValidationRules = rulesOfCached,
            UnhandledExceptionDelegate = faults.HandleAsync,
            CancellationToken = cancellationToken,
        });
        if (result.Executed && !document.Validated)
        {
            document.Accept();
            cache.Keep(request.Query, request.OperationName, document);
        }

        return result;
    }
}
