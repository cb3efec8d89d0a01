using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Connectors.Plugins;
using DmpFederation.Hub.Connectors.Registry;
using DmpFederation.Sdk;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DmpFederation.Hub.HostTests.Connectors;

/// <summary>The connectors as the hub registers them, over a folder of its own with real plug-ins in it.</summary>
internal sealed class ConnectorsHost : IAsyncDisposable
{
    public static readonly PatientKey Patient = new(PatientKeySystems.InsNirTest, "279035121518989");
    public static readonly ReadRequest Request = new([new PatientQuery(Patient)]);

    private readonly Dictionary<string, string?> settings = [];
    private IHost? host;

    public ConnectorsHost()
    {
        Directory.CreateDirectory(Path.Combine(Root, "plugins"));
        settings["Connectors:PluginsFile"] = PluginsFile;
        settings["Connectors:BuiltInPlugins"] = Path.Combine(Root, "plugins");
        settings["Connectors:StateFolder"] = Path.Combine(Root, "state");
        settings["Connectors:DrainTimeout"] = "00:00:05";
    }

    public string Root { get; } = Path.Combine(Path.GetTempPath(), "dmp-host-" + Guid.NewGuid().ToString("N"));

    public string PluginsFile => Path.Combine(Root, "plugins.json");

    public RecordedLog Log { get; } = new();

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public SourceRegistry Registry => Get<SourceRegistry>();

    public ISourceReader Reader => Get<ISourceReader>();

    public IPluginInventory Inventory => Get<IPluginInventory>();

    public T Get<T>()
        where T : notnull => host!.Services.GetRequiredService<T>();

    public ConnectorsHost With(string option, string value)
    {
        settings["Connectors:" + option] = value;
        return this;
    }

    /// <summary>Copies the build output of a plug-in project of the tests.</summary>
    public string Install(string plugin, string? folder = null) =>
        InstallFrom(PluginOutput.Of("tests", "BadPlugins", plugin), folder ?? plugin);

    public string InstallFrom(string output, string folder)
    {
        var target = Path.Combine(Root, "plugins", folder);
        foreach (var file in Directory.EnumerateFiles(output, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(output, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
        return target;
    }

    public void WriteSources(params string[] sources) => File.WriteAllText(PluginsFile, $$"""{ "sources": [{{string.Join(", ", sources)}}] }""");

    public static string SourceJson(string id, string plugin, string settings = "", string budget = "") =>
        $$"""
        { "id": "{{id}}", "region": "test", "plugin": "{{plugin}}", "patientKeys": ["INS-NIR-TEST"],
          "settings": { {{settings}} }, "budget": { {{budget}} } }
        """;

    /// <summary>A source that misbehaves. Only what never ends meets its time limit: a busy machine may take longer than that for anything else.</summary>
    public static string Misbehaving(string behaviour, string? budget = null, string id = "bad", int entries = 5) => SourceJson(
        id, "misbehaving", $"\"behaviour\": \"{behaviour}\", \"entries\": {entries}",
        budget ?? (behaviour is "hangs" or "blocks-thread" or "drips" or "ignores-token" ? "\"timeoutMs\": 300" : "\"timeoutMs\": 20000"));

    /// <summary>Reads the files once; nothing runs in the background.</summary>
    public async Task LoadAsync()
    {
        Build();
        await Registry.ReloadAsync(CancellationToken.None);
    }

    /// <summary>Starts watching, probing and unload checks as well.</summary>
    public async Task StartAsync()
    {
        Build();
        await host!.StartAsync();
    }

    public Source Source(string id) => Registry.Current.Find(id) ?? throw new InvalidOperationException($"No source {id}.");

    public Task<SourceOutcome> ReadAsync(string id, double seconds = 3) =>
        Reader.ReadAsync(Source(id), Request, TimeSpan.FromSeconds(seconds), CancellationToken.None);

    /// <summary>Waits for something another thread does because of real file or network events.</summary>
    public static async Task Eventually(Func<bool> condition, string what, double seconds = 20)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        while (!condition())
        {
            if (patience.IsCancellationRequested)
                throw new TimeoutException(what);
            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(Root, recursive: true);
    }

    /// <summary>Stops the hub's part and keeps the files.</summary>
    public async Task StopAsync()
    {
        if (host is null)
            return;
        await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
        host = null;
    }

    private void Build()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.AddProvider(Log);
        builder.Services.AddSingleton(Clock);
        builder.Services.AddConnectors(builder.Configuration);
        host = builder.Build();
    }
}
