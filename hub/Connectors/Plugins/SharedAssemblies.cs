using System.Reflection;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Connectors.Plugins;

/// <summary>
/// The assemblies the hub and every plug-in share. The contract, so that both mean the same types; and Microsoft.Data.Sqlite with its native
/// parts, which as private copies never unload. Nothing else: sharing dependency injection or logging would tie plug-ins to the hub's versions.
/// </summary>
internal static class SharedAssemblies
{
    private static readonly Assembly Contract = typeof(ISourceConnector).Assembly;

    public static IReadOnlyList<AssemblyName> Names { get; } =
    [
        Contract.GetName(),
        new AssemblyName("Microsoft.Data.Sqlite"),
        new AssemblyName("SQLitePCLRaw.core"),
        new AssemblyName("SQLitePCLRaw.batteries_v2"),
        new AssemblyName("SQLitePCLRaw.provider.e_sqlite3"),
    ];

    public static Version SdkVersion { get; } = Contract.GetName().Version!;

    public static bool IsContract(Assembly assembly) => assembly == Contract;
}
