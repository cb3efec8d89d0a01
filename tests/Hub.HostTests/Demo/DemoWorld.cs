using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using Xunit;

namespace DmpFederation.Hub.HostTests.Demo;

/// <summary>
/// The demo as a newcomer starts it: a process of its own with its legacy systems, identity provider and hub, on free ports, in an empty data folder.
/// </summary>
public sealed class DemoWorld : IAsyncLifetime
{
    public const int Patients = 60;

    private readonly string folder = Directory.CreateTempSubdirectory("dmp-demo-").FullName;
    private readonly ConcurrentQueue<string> lines = new();
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? process;

    /// <summary>Settings of its hub, as variables of the environment.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(30) };

    public int PortBase { get; } = FreePorts.FindBase();

    public string Data => Path.Combine(folder, "data");

    public string PluginsFile => Path.Combine(Data, "plugins.json");

    public Uri Hub => new($"http://127.0.0.1:{PortBase}/");

    public Uri Switchboard => new($"http://127.0.0.1:{PortBase + 19}/");

    public TimeSpan ReadyAfter { get; private set; }

    public IReadOnlyDictionary<string, string> Tokens { get; private set; } = new Dictionary<string, string>();

    public string Output => string.Join('\n', lines);

    public async Task InitializeAsync()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder,
        };
        foreach (var argument in (string[])[
            DemoAssembly(), "--data", Data, "--patients", $"{Patients}", "--port-base", $"{PortBase}", "--no-portal", "--no-drip",
        ])
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in Settings)
            start.Environment[name] = value;
        var clock = Stopwatch.StartNew();
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var exited = process.WaitForExitAsync();
        var first = await Task.WhenAny(ready.Task, exited, Task.Delay(TimeSpan.FromSeconds(120)));
        if (first != ready.Task)
            throw new InvalidOperationException($"The demo did not say READY:\n{Output}");
        ReadyAfter = clock.Elapsed;
        Tokens = (await JsonSerializer.DeserializeAsync<Dictionary<string, string>>(File.OpenRead(Path.Combine(Data, "tokens.json"))))!;
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        if (process is not null)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Runs a query as a persona; returns the whole GraphQL answer.</summary>
    public async Task<JsonElement> AskAsync(string persona, string query, object? variables = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Hub, "graphql")) { Content = JsonContent.Create(new { query, variables }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Tokens[persona]);
        using var answer = await Http.SendAsync(request);
        await using var body = await answer.Content.ReadAsStreamAsync();
        using var json = await JsonDocument.ParseAsync(body);
        return json.RootElement.Clone();
    }

    /// <summary>Uses the demo's switchboard: kill, stop, continue or restart a legacy system.</summary>
    public async Task SwitchAsync(string system, string action)
    {
        using var answer = await Http.PostAsync(new Uri(Switchboard, $"world/{system}/{action}"), null);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Waits until a condition of the running demo holds; fails with what the demo said when it does not within 30 s.</summary>
    public async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromSeconds(30); await Task.Delay(200))
            if (await condition())
                return;
        throw new TimeoutException($"Not within 30 s: {what}\n{Output}");
    }

    private static string DemoAssembly() =>
        typeof(DemoWorld).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static item => item.Key == "DemoAssembly").Value!;

    private void Hear(string? line)
    {
        if (line is null)
            return;
        lines.Enqueue(line);
        if (line == "READY")
            ready.TrySetResult();
    }
}
