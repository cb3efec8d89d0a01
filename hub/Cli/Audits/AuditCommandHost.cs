using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Audit.Store;
using DmpFederation.Hub.Storage;

namespace DmpFederation.Hub.Cli.Audits;

/// <summary>The audit of a state folder, or of the configured server, opened for one command.</summary>
internal static class AuditCommandHost
{
    public static async Task<int> RunAsync(string? stateFolder, TextWriter errors, Func<IServiceProvider, Task<int>> command)
    {
        using var host = ConnectorHost.Build(null, stateFolder, static builder =>
        {
            ConnectorHost.AddHubSettings(builder);
            builder.Services.AddAuditTrail(builder.Configuration);
        });
        try
        {
            // A command that looks makes nothing: an empty audit must not be called whole.
            if (!host.Services.GetRequiredService<IStoreDatabase<AuditDb>>().Exists)
            {
                await errors.WriteLineAsync("This state folder has no audit: it is another hub's folder, or the audit was removed.");
                return HubCommandLine.Failed;
            }
            return await command(host.Services);
        }
        catch (AuditUnavailableException fault)
        {
            await errors.WriteLineAsync(fault.Message);
            return HubCommandLine.Failed;
        }
    }
}
