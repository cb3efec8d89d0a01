using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;

namespace DmpFederation.Benchmarks;

/// <summary>The processes of one comparison: the sources, the floor and the hub, each its own, on free ports.</summary>
internal sealed class Arena : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string folder = Directory.CreateTempSubdirectory("dmp-bench-").FullName;
    private readonly List<Process> processes = [];

    public required Uri Sources { get; init; }

    public required Uri FloorAddress { get; init; }

    public required Uri HubAddress { get; init; }

    public required string Token { get; init; }

    /// <summary>Longest wait of hub and floor for one source: the hub's own default.</summary>
    public static TimeSpan SourceTimeout { get; } = TimeSpan.FromSeconds(2.5);

    public Process SourcesProcess => processes[0];

    public Process FloorProcess => processes[1];

    public Process HubProcess => processes[2];

    /// <summary>The hub without policies and audit.</summary>
    public required Uri UnguardedAddress { get; init; }

    public Process UnguardedProcess => processes[3];

    /// <param name="settings">Variables of the hub's environment, to measure a setting of the runtime or of the hub: <c>NAME=VALUE,NAME=VALUE</c>.</param>
    public static async Task<Arena> OpenAsync(string settings)
    {
        using var key = RSA.Create(2048);
        var ports = FreePorts(4);
        var arena = new Arena
        {
            Sources = new Uri($"http://127.0.0.1:{ports[0]}/"),
            FloorAddress = new Uri($"http://127.0.0.1:{ports[1]}/"),
            HubAddress = new Uri($"http://127.0.0.1:{ports[2]}/"),
            UnguardedAddress = new Uri($"http://127.0.0.1:{ports[3]}/"),
            Token = BenchmarkToken.Create(key, $"http://127.0.0.1:{ports[0]}/"),
        };
        await arena.StartAsync(key, settings);
        return arena;
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillAll;
        KillAll(null, EventArgs.Empty);
        foreach (var process in processes)
        {
            await process.WaitForExitAsync();
            process.Dispose();
        }
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Nothing goes on running after a benchmark that was interrupted.</summary>
    private void KillAll(object? sender, EventArgs arguments)
    {
        foreach (var process in processes.Where(static process => !process.HasExited))
            process.Kill(entireProcessTree: true);
    }

    /// <summary>Makes a source <c>well</c>, <c>dead</c> (refuses) or <c>hung</c> (takes requests and never answers).</summary>
    public async Task SetSourceAsync(int source, string state)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsync(new Uri(Sources, $"s{source}/{state}"), null);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Waits until the hub has every source again: its circuit tries anew after a moment.</summary>
    public async Task WaitUntilWholeAsync()
    {
        using var http = new HttpClient();
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Patience; await Task.Delay(250))
        {
            using var request = BenchmarkQuery.RequestTo(HubAddress, Token);
            using var answer = await http.SendAsync(request);
            if ((await answer.Content.ReadAsStringAsync()).Contains("\"complete\":true", StringComparison.Ordinal))
                return;
        }
        throw new TimeoutException("The hub did not find its sources again in time.");
    }

    private async Task StartAsync(RSA key, string settings)
    {
        AppDomain.CurrentDomain.ProcessExit += KillAll;
        var self = typeof(Arena).Assembly.Location;
        var keyFile = Path.Combine(folder, "key.pem");
        await File.WriteAllTextAsync(keyFile, key.ExportPkcs8PrivateKeyPem());
        Start([self, "--role", "sources", "--url", Bare(Sources), "--key", keyFile]);
        Start([self, "--role", "floor", "--url", Bare(FloorAddress), "--sources", Sources.ToString()]);

        // The hub watches the folder of its plugins.json: what it writes goes elsewhere, as in an installation.
        var configuration = Path.Combine(folder, "configuration");
        var connectors = Directory.CreateDirectory(Path.Combine(configuration, "benchmark-connector")).FullName;
        foreach (var file in Directory.EnumerateFiles(Metadata("ConnectorFolder")))
            File.Copy(file, Path.Combine(connectors, Path.GetFileName(file)));
        var plugins = Path.Combine(configuration, "plugins.json");
        await File.WriteAllTextAsync(plugins, JsonSerializer.Serialize(new
        {
            pluginFolders = new[] { "benchmark-connector" },
            sources = Enumerable.Range(0, BenchmarkSources.Sources).Select(i => new
            {
                id = $"bench{i}",
                name = $"Benchmark {i}",
                region = "bench",
                plugin = "benchmark-connector",
                patientKeys = new[] { "INS-NIR-TEST" },
                settings = new { address = new Uri(Sources, $"s{i}/").ToString() },
                budget = new { concurrency = 256, timeoutMs = (int)SourceTimeout.TotalMilliseconds },
            }),
        }));
        var environment = new Dictionary<string, string>
        {
            ["DMPFED__Authentication__Authority"] = Sources.ToString(),
            ["DMPFED__Identity__InsiUrl"] = "",
            ["DMPFED__Connectors__StateFolder"] = Path.Combine(folder, "state"),
            ["Logging__LogLevel__Default"] = "Error",
        };
        foreach (var setting in settings.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(static text => text.Split('=', 2)))
            environment[setting[0]] = setting[^1];
        await ConsentAsync(environment);
        Start([Metadata("HubAssembly"), "serve", "--urls", Bare(HubAddress), "--plugins", plugins], environment);
        // With the hub's own runtime settings: they are part of its speed.
        environment["DMPFED__Connectors__StateFolder"] = Path.Combine(folder, "unguarded");
        var runtime = Path.ChangeExtension(Metadata("HubAssembly"), ".runtimeconfig.json");
        Start(["exec", "--runtimeconfig", runtime, self, "--role", "unguarded", "--url", Bare(UnguardedAddress), "--plugins", plugins], environment);
        await WaitAsync(HubAddress);
        await WaitAsync(UnguardedAddress);
    }

    /// <summary>The benchmark's patient lets the benchmark's doctor read.</summary>
    private async Task ConsentAsync(Dictionary<string, string> environment)
    {
        var register = Path.Combine(folder, "consents.ndjson");
        await File.WriteAllTextAsync(register, JsonSerializer.Serialize(new
        {
            keys = new[] { BenchmarkQuery.Patient },
            state = "OPEN",
            consents = new[]
            {
                new { action = "READING", choice = "PERMIT", grantee = "EVERYONE", since = "2026-01-01T00:00:00Z", evidence = "benchmark" },
            },
        }));
        Start([Metadata("HubAssembly"), "consents", "import", register], environment);
        var import = processes[^1];
        await import.WaitForExitAsync();
        processes.Remove(import);
        if (import.ExitCode != 0)
            throw new InvalidOperationException("The hub refused the benchmark's consent.");
    }

    private async Task WaitAsync(Uri hub)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var last = "";
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Patience; await Task.Delay(250))
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(hub, "graphql"))
                {
                    Content = JsonContent.Create(new { query = "{ sources { id state reason } }" }),
                };
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
                using var answer = await http.SendAsync(request);
                var text = await answer.Content.ReadAsStringAsync();
                if (text.Split("\"ACTIVE\"").Length - 1 == BenchmarkSources.Sources)
                    return;
                if (text != last)
                    await Console.Error.WriteLineAsync($"waiting for the hub: {(int)answer.StatusCode} {last = text}");
            }
            catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
            {
                // It does not listen yet, or is busy starting.
            }
        }
        throw new TimeoutException("The hub's sources did not become active in time.");
    }

    private void Start(string[] arguments, Dictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment ?? [])
            start.Environment[name] = value;
        processes.Add(Process.Start(start)!);
    }

    private static string Metadata(string name) =>
        typeof(Arena).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == name).Value!;

    private static string Bare(Uri address) => address.GetLeftPart(UriPartial.Authority);

    private static List<int> FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(static _ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(static listener => listener.Start());
        var ports = listeners.ConvertAll(static listener => ((IPEndPoint)listener.LocalEndpoint).Port);
        listeners.ForEach(static listener => listener.Stop());
        return ports;
    }
}
