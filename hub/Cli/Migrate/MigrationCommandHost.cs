using System.CommandLine;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Connectors.Registry;
using DmpFederation.Hub.Identity;
using DmpFederation.Hub.Migration;
using DmpFederation.Hub.Migration.Orders;
using DmpFederation.Hub.National;

namespace DmpFederation.Hub.Cli.Migrate;

/// <summary>The migrations of a state folder, or of the configured server, opened for one command. The work is left to the hubs that run.</summary>
internal static class MigrationCommandHost
{
    public static async Task<int> RunAsync(
        MigrateArguments given, ParseResult parsed, TextWriter errors, Func<IServiceProvider, Task<int>> command, CancellationToken cancellationToken)
    {
        using var host = ConnectorHost.Build(parsed.GetValue(given.Plugins), parsed.GetValue(given.Folder), static builder =>
        {
            ConnectorHost.AddHubSettings(builder);
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Migration:Works"] = "false" });
            HubHost.AddMediator(builder.Services);
            builder.Services.AddIdentity(builder.Configuration);
            builder.Services.AddNationalStores(builder.Configuration);
            builder.Services.AddAuditTrail(builder.Configuration);
            builder.Services.AddMigration(builder.Configuration);
            builder.Services.AddMigrationOrders();
            builder.Services.AddSingleton<MachineOrders>();
        });
        try
        {
            await host.Services.GetRequiredService<SourceRegistry>().ReloadAsync(cancellationToken);
            return await command(host.Services);
        }
        catch (AuditUnavailableException fault)
        {
            await errors.WriteLineAsync(fault.Message);
        }
        catch (MigrationUnavailableException fault)
        {
            await errors.WriteLineAsync(fault.Message);
        }
        return HubCommandLine.Failed;
    }

    /// <summary>Gives one order and prints how the migration stands afterwards, or why it was not carried out.</summary>
    public static Task<int> OrderAsync(
        MigrateArguments given, ParseResult parsed, TextWriter output, TextWriter errors, Func<IServiceProvider, MigrationOrder> order,
        CancellationToken cancellationToken) =>
        OrderAsync(
            given, parsed, output, errors, services => Task.FromResult<(MigrationOrder?, string?)>((order(services), null)), cancellationToken);

    /// <summary>As above, for an order that has to be read first: the second of the pair is what is wrong with it.</summary>
    public static Task<int> OrderAsync(
        MigrateArguments given, ParseResult parsed, TextWriter output, TextWriter errors,
        Func<IServiceProvider, Task<(MigrationOrder? Order, string? Problem)>> read, CancellationToken cancellationToken) =>
        RunAsync(
            given,
            parsed,
            errors,
            async services =>
            {
                var (order, problem) = await read(services);
                if (order is null)
                    return await WrongAsync(errors, problem!);
                var orders = services.GetRequiredService<MachineOrders>();
                var printed = new MigrationOutput(output, errors, parsed.GetValue(given.Json));
                var answer = await orders.GiveAsync(order, cancellationToken);
                if (answer.Refusal is { } refusal)
                    return await printed.RefuseAsync(refusal);
                await printed.ShowAsync([MigrationLine.Of(answer.Value!, await orders.MissingAsync(answer.Value!.Record, cancellationToken))]);
                return HubCommandLine.Good;
            },
            cancellationToken);

    public static async Task<int> WrongAsync(TextWriter errors, string problem)
    {
        await errors.WriteLineAsync(problem);
        return HubCommandLine.WrongUsage;
    }
}
