using DmpFederation.Hub.Api.Authentication;
using DmpFederation.Hub.Api.GraphQl;
using DmpFederation.Hub.Api.Operations;
using DmpFederation.Hub.Audit;

namespace DmpFederation.Hub.Api;

/// <summary>The protocols of the hub.</summary>
internal static class ApiRegistration
{
    public static IServiceCollection AddApi(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddTokenAuthentication(configuration);
        services.AddGraphQlApi(configuration);
        services.AddOperations();
        // ASP.NET logs each request with its query string, and a GET query may carry an INS. PostConfigure: no setting can bring it back.
        services.PostConfigure<LoggerFilterOptions>(static filters =>
            filters.Rules.Add(new LoggerFilterRule(null, "Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning, null)));
        return services;
    }

    public static WebApplication MapApi(this WebApplication app)
    {
        app.Use(CorrelateAsync);
        app.UseWebSockets();
        app.UseAuthentication();
        app.MapGraphQlApi();
        app.MapOperations();
        return app;
    }

    /// <summary>Every answer carries the id under which the audit and the log know it.</summary>
    private static async Task CorrelateAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers["X-Correlation-Id"] = Correlation.Begin(context.Request.Headers.TraceParent);
        await next(context);
    }
}
