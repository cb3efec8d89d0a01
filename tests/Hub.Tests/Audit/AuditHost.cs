using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Audit.Chain;
using DmpFederation.Hub.Connectors;
using DmpFederation.TestKit;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DmpFederation.Hub.Tests.Audit;

/// <summary>An empty audit on a real engine, and the processes that share it.</summary>
public abstract class AuditHost : IAsyncDisposable
{
    private static int hosts;

    private readonly List<ServiceProvider> nodes = [];

    protected AuditHost() => Name = $"audit_{Environment.ProcessId}_{Interlocked.Increment(ref hosts)}";

    /// <summary>The state folder of the first node.</summary>
    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("dmp-audit");

    /// <summary>Settings beside the usual ones.</summary>
    public Dictionary<string, string?> Settings { get; } = [];

    protected string Name { get; }

    protected abstract string? ConnectionString { get; }

    /// <summary>A process of its own: nothing is shared with another but the database and the folder.</summary>
    /// <param name="clock">Null for the system's.</param>
    /// <param name="folder">Another node's state folder; null for the first one's.</param>
    internal AuditNode Open(TimeProvider? clock = null, string? folder = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(Settings)
        {
            ["Connectors:StateFolder"] = folder ?? Folder.FullName,
            ["Storage:ConnectionString"] = ConnectionString,
            ["Storage:BusyTimeout"] = "00:00:30",
        }).Build();
        var services = new ServiceCollection().AddLogging();
        services.AddSingleton(clock ?? TimeProvider.System);
        services.AddOptions<ConnectorsOptions>().Bind(configuration.GetSection("Connectors"));
        services.AddAuditTrail(configuration);
        var provider = services.BuildServiceProvider(true);
        nodes.Add(provider);
        return new AuditNode(provider);
    }

    /// <summary>Runs one statement beside the hub, as somebody with the database alone could.</summary>
    public abstract Task ExecuteAsync(string sql);

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
            await node.DisposeAsync();
        await DropAsync();
        Folder.Delete(recursive: true);
    }

    protected virtual Task DropAsync() => Task.CompletedTask;
}

/// <summary>One process at the audit.</summary>
internal sealed record AuditNode(ServiceProvider Services)
{
    public IAuditTrail Trail => Services.GetRequiredService<IAuditTrail>();

    public IAuditReader Reader => Services.GetRequiredService<IAuditReader>();

    public string Chain => Services.GetRequiredService<ChainKeys>().Chain;

    public Task<ChainReport> VerifyAsync(params IReadOnlyList<ChainAnchor> anchors) => Reader.VerifyAsync(anchors, default);

    public async Task<List<AuditLine>> LinesAsync() => await Reader.LinesAsync(null, null, null, default).ToListAsync();

    /// <summary>Ends as a process does that is stopped in an orderly way.</summary>
    public ValueTask StopAsync() => Services.DisposeAsync();
}

public sealed class SqliteAuditHost : AuditHost
{
    public string Database => Path.Combine(Folder.FullName, "audit", "audit.db");

    protected override string? ConnectionString => null;

    public override async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}

public sealed class PostgreSqlAuditHost : AuditHost
{
    private readonly PostgreSqlDatabase database;

    public PostgreSqlAuditHost() => database = PostgreSqlDatabase.Create(Name);

    protected override string ConnectionString => database.ConnectionString;

    public override Task ExecuteAsync(string sql) => database.ExecuteAsync(sql);

    protected override Task DropAsync() => database.DropAsync();
}
