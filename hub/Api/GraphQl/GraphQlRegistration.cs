using DmpFederation.Hub.Api.GraphQl.Execution;
using DmpFederation.Hub.Api.GraphQl.Projection;
using DmpFederation.Hub.Api.GraphQl.Schema;
using DmpFederation.Hub.Api.GraphQl.Transport;
using DmpFederation.Hub.Api.GraphQl.Transport.Live;
using DmpFederation.Hub.Api.GraphQl.Ui;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Validation;
using GraphQLParser.AST;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DmpFederation.Hub.Api.GraphQl;

/// <summary>Everything of the GraphQL library stays in this folder.</summary>
internal static class GraphQlRegistration
{
    public static IServiceCollection AddGraphQlApi(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<GraphQlOptions>().Bind(configuration.GetSection(GraphQlOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<UnforeseenFaults>();
        services.TryAddSingleton<DocumentCache>();
        services.TryAddSingleton<QueryRunner>();
        services.TryAddSingleton<RequestReader>();
        services.TryAddSingleton<GraphQlEndpoint>();
        services.AddLiveTransport(configuration);
        services.TryAddSingleton<IDocumentValidator, KnownDocumentValidator>();
        services.TryAddSingleton<IDocumentBuilder>(new GraphQLDocumentBuilder { IgnoreComments = true, MaxDepth = 512 });
        services.AddGraphQL(builder => builder
            .AddSchema<DossierSchema>()
            .AddExecutionStrategy<ProjectingExecutionStrategy>(OperationType.Query));
        foreach (var scalar in new[]
        {
            typeof(InsScalar), typeof(FhirDateScalar), typeof(DateTimeScalar), typeof(FhirJsonScalar), typeof(DecimalScalar), typeof(LongScalar),
            typeof(EntryCategoryEnum), typeof(PurposeEnum), typeof(SourceStatusEnum), typeof(StoreEnum), typeof(SourceStateEnum),
            typeof(ActorRoleEnum), typeof(TraitSexEnum), typeof(IdentityStatusEnum), typeof(IdentityTraitEnum), typeof(QuarantineStateEnum),
            typeof(DossierStateEnum), typeof(ConsentActionEnum), typeof(ConsentChoiceEnum), typeof(GranteeKindEnum), typeof(ReviewOutcomeEnum),
            typeof(VisibilityEnum), typeof(EmergencyModeEnum), typeof(IdentityWorkStateEnum), typeof(MaskTargetKindEnum),
            typeof(AccessOutcomeEnum), typeof(MigrationStateEnum), typeof(DeliveryStateEnum),
        })
        {
            services.TryAddTransient(scalar);
        }

        return services;
    }

    public static IEndpointRouteBuilder MapGraphQlApi(this IEndpointRouteBuilder endpoints)
    {
        endpoints.Map("/graphql", static (HttpContext context, GraphQlEndpoint endpoint, SocketEndpoint sockets) =>
            context.WebSockets.IsWebSocketRequest ? sockets.HandleAsync(context) : endpoint.HandleAsync(context));
        endpoints.Map("/graphql/stream", static (HttpContext context, EventStreamEndpoint endpoint) => endpoint.HandleAsync(context));
        endpoints.MapGet("/graphql/schema", static (DossierSchema schema) => Results.Text(SchemaText.Of(schema), "text/plain; charset=utf-8"));
        endpoints.MapGraphQlUi();
        return endpoints;
    }
}
