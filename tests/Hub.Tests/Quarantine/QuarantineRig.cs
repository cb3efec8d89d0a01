using System.Text;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Quarantine;
using DmpFederation.Hub.Quarantine.Store;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Tests.Quarantine;

/// <summary>A quarantine in a folder of its own, on real SQLite.</summary>
internal sealed class QuarantineRig : IDisposable
{
    public static readonly DateTimeOffset Morning = new(2009, 10, 1, 8, 0, 0, TimeSpan.Zero);
    public static readonly PatientKey Patient = new(PatientKeySystems.InsNirTest, "279035121518989");

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dmp-quarantine");
    private readonly List<QuarantineStore> stores = [];

    public QuarantineRig(Action<QuarantineOptions>? change = null)
    {
        change?.Invoke(Options.Value);
        Store = Open();
    }

    public IOptions<QuarantineOptions> Options { get; } =
        Microsoft.Extensions.Options.Options.Create(new QuarantineOptions { BusyTimeout = TimeSpan.FromSeconds(1) });

    public QuarantineStore Store { get; }

    public string Database => Path.Combine(folder.FullName, "quarantine", "quarantine.db");

    /// <summary>The same folder, as another process would open it.</summary>
    public QuarantineStore Open()
    {
        var connectors = Microsoft.Extensions.Options.Options.Create(new ConnectorsOptions { StateFolder = folder.FullName });
        var store = new QuarantineStore(new SqliteQuarantine(Options, connectors), Options);
        stores.Add(store);
        return store;
    }

    public Task<IReadOnlyList<KeptCount>> KeepAsync(params IEnumerable<SeenItem> items) => Store.KeepAsync([.. items], default);

    public async Task<IReadOnlyList<QuarantinedItem>> ItemsAsync(QuarantineFilter? filter = null) =>
        (await Store.ListAsync(filter ?? new QuarantineFilter(), 1_000, null, default)).Items;

    /// <summary>Makes every write wait until the connection is closed.</summary>
    public async Task<SqliteConnection> LockAsync()
    {
        var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    public SeenItem Seen(Unreadable item, string source = "north", double minutes = 0) =>
        SeenItem.Of(ASource.Named(source), item, Morning.AddMinutes(minutes), Options.Value.MaxItemBytes);

    /// <summary>An unreadable note of the patient; what a test leaves out is always the same.</summary>
    public static Unreadable Note(string content = "note", string? localId = "note-1", string? position = null, string code = "NOT_NOTED") => new()
    {
        Code = code,
        Reason = "The note is illegible.",
        Raw = Encoding.UTF8.GetBytes(content),
        LocalId = localId,
        Position = position,
        Patient = Patient,
    };

    public void Dispose()
    {
        stores.ForEach(static store => store.Dispose());
        folder.Delete(recursive: true);
    }
}
