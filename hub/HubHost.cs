using DmpFederation.Hub.Access;
using DmpFederation.Hub.Api;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Deposits;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Identity;
using DmpFederation.Hub.Migration;
using DmpFederation.Hub.Migration.Orders;
using DmpFederation.Hub.Migration.Serving;
using DmpFederation.Hub.National;
using DmpFederation.Hub.Quarantine;
using MediatR;

namespace DmpFederation.Hub;

/// <summary>The hub as a web host: which features it is made of, in the order a request meets them.</summary>
internal static class HubHost
{
    /// <summary>Builds the host without starting it. It starts even when every source is down.</summary>
    /// <param name="args">ASP.NET Core arguments (<c>--urls</c>, <c>--environment</c>, <c>--Section:Key value</c>).</param>
    /// <param name="settings">Settings that win over files, environment and arguments; null for none.</param>
    /// <param name="with">Puts something else in the place of a border of the hub; null for none.</param>
    public static WebApplication Build(
        string[] args, IReadOnlyDictionary<string, string?>? settings = null, Action<WebApplicationBuilder>? with = null)
    {
        // appsettings.json is read from beside the hub, whichever folder it is started in; plugins.json from the folder it is started in.
        var contentRoot = args.Any(static argument => argument.StartsWith("--contentRoot", StringComparison.Ordinal)) ? null : AppContext.BaseDirectory;
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = contentRoot });
        builder.Configuration.AddEnvironmentVariables("DMPFED__");
        builder.Configuration.AddCommandLine(args);
        builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?>());

        builder.Services.AddSingleton(TimeProvider.System);
        AddMediator(builder.Services);
        builder.Services.AddConnectors(builder.Configuration);
        builder.Services.AddQuarantine(builder.Configuration);
        builder.Services.AddIdentity(builder.Configuration);
        builder.Services.AddAccess(builder.Configuration);
        builder.Services.AddAudit(builder.Configuration);
        builder.Services.AddNational(builder.Configuration);
        builder.Services.AddDeposits(builder.Configuration);
        builder.Services.AddMigration(builder.Configuration);
        builder.Services.AddMigrationOrders();
        builder.Services.AddServing(builder.Configuration);
        builder.Services.AddFederation(builder.Configuration);
        builder.Services.AddApi(builder.Configuration);
        with?.Invoke(builder);

        var app = builder.Build();
        app.MapApi();
        return app;
    }

    /// <summary>MediatR 5.1.0 with one scan for handlers; behaviours are listed by hand by their features, outermost first.</summary>
    internal static void AddMediator(IServiceCollection services)
    {
        services.AddTransient<ServiceFactory>(static provider => provider.GetService!);
        services.AddTransient<IMediator, Mediator>();
        services.Scan(static scan => scan
            .FromAssemblyOf<Program>()
            .AddClasses(static classes => classes.AssignableTo(typeof(IRequestHandler<,>)), publicOnly: false)
            .AsImplementedInterfaces(static contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IRequestHandler<,>))
            .WithTransientLifetime());
    }
}
