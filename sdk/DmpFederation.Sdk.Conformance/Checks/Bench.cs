using System.Collections.Concurrent;
using System.Diagnostics;
using DmpFederation.Sdk.Conformance.Fixtures;
using DmpFederation.Sdk.Conformance.Legacies;

namespace DmpFederation.Sdk.Conformance.Checks;

/// <summary>What the checks work with: the loaded plug-in, its fixture, and a way to call it that always comes back.</summary>
internal sealed class Bench(string pluginFolder, ConformanceOptions options, string scratch)
{
    /// <summary>Longest body and most bytes of a good answer.</summary>
    public const long MostBytes = 64L << 20;

    private const int MostNamed = 4;

    private readonly ConcurrentQueue<string> leaks = [];
    private readonly DateTimeOffset begun = TimeProvider.System.GetUtcNow();
    private Fixture? fixture;
    private PatientWords? words;
    private PluginRefusedException? refusal;
    private int sessions;

    public string PluginFolder => pluginFolder;

    public ConformanceOptions Options => options;

    public string FixtureFolder => options.FixtureFolder is { } folder ? Path.GetFullPath(folder) : Path.Combine(pluginFolder, "conformance");

    public IPluginUnderTest? Plugin { get; set; }

    public Fixture Fixture
    {
        get => fixture ?? throw new InvalidOperationException("The fixture was not read.");
        set => (fixture, words) = (value, new PatientWords(value));
    }

    public PatientWords Words => words ?? throw new InvalidOperationException("The fixture was not read.");

    /// <summary>Id of the check that runs.</summary>
    public string Current { get; set; } = "";

    /// <summary>Check in which a call of the plug-in never came back; null when all did.</summary>
    public string? Stuck { get; private set; }

    /// <summary>Where a text of the plug-in named a person.</summary>
    public IReadOnlyList<string> Leaks => [.. leaks.Distinct()];

    /// <summary>Reads of the first session, by patient, that several checks look at.</summary>
    public Dictionary<string, ReadEnd> Reads { get; } = [];

    /// <summary>Requests no exchange answered, of every legacy so far.</summary>
    public HashSet<string> Unanswered { get; } = [];

    public TimeSpan Deadline => options.Deadline;

    /// <summary>Loads the plug-in at the first call. Why it was refused, or null.</summary>
    public async Task<PluginRefusedException?> LoadAsync()
    {
        if (Plugin is not null || refusal is not null)
            return refusal;
        try
        {
            // Its constructor is code of the plug-in, and may hang.
            Plugin = await Task.Run(() => options.Loader.Load(pluginFolder)).WaitAsync(Deadline);
        }
        catch (PluginRefusedException refused)
        {
            refusal = refused;
        }
        catch (TimeoutException)
        {
            refusal = new PluginRefusedException(PluginRefusal.EntryClass, $"its constructor did not end within {Deadline.TotalSeconds:0.#} s");
        }
        return refusal;
    }

    /// <summary>Opens a connector over a legacy of its own, or over that of another session, which goes on living.</summary>
    /// <param name="fault">How the legacy is broken before; null when it is not.</param>
    /// <param name="after">The session whose legacy and state are taken over, as when the hub starts again; it ends the legacy.</param>
    /// <param name="forgets">The state of that session is lost: a folder of its own.</param>
    /// <param name="mostBytes">Longest HTTP body.</param>
    public async Task<Session> OpenAsync(string? fault = null, Session? after = null, bool forgets = false, long mostBytes = MostBytes)
    {
        var folder = Path.Combine(scratch, $"{++sessions}");
        var state = after is null || forgets ? Path.Combine(folder, "state") : after.StateFolder;
        Directory.CreateDirectory(state);
        var legacy = after?.Legacy ?? await RunningLegacy.StartAsync(Fixture, FixtureFolder, folder, begun);
        var settings = SettingsFor(legacy);
        if (fault is not null)
            await legacy.BreakAsync(fault);
        var http = Plugin!.CreateHttp(mostBytes);
        var session = new Session(this, legacy, after is null, http, state);
        var context = new SourceContext
        {
            SourceId = "conformance",
            Settings = new SourceSettings(settings),
            Http = http,
            Clock = Fixture.Now is { } now ? new StartedClock(now) : TimeProvider.System,
            PatientKeySystems = Fixture.PatientKeySystems,
            StateFolder = state,
        };
        var opened = await CallAsync("Open", _ => Task.FromResult(Plugin.Entry.Open(context)));
        session.Connector = opened.Value;
        session.Problem = opened.Problem("Open", Deadline) ?? (opened.Value is null ? "Open returned null" : null);
        return session;
    }

    /// <summary>A call of the plug-in on another thread, with a deadline. Its exceptions are described, searched for persons, let go.</summary>
    public async Task<CallEnd<T>> CallAsync<T>(
        string call, Func<CancellationToken, Task<T>> body, CancellationToken cancellationToken = default)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = Task.Run(async () =>
        {
            try
            {
                return new CallEnd<T>(await body(late.Token), null, false);
            }
            catch (Exception fault)
            {
                Watch(fault.ToString(), $"{fault.GetType().Name} of {call}");
                return new CallEnd<T>(default, FaultReport.Of(fault), false);
            }
        }, CancellationToken.None);
        var first = await Task.WhenAny(running, Task.Delay(Deadline, CancellationToken.None));
        if (first == running)
            return await running;
        await late.CancelAsync();
        Stuck ??= Current;
        return new CallEnd<T>(default, null, true);
    }

    /// <summary>Notes when a text that may be logged or shown names a person.</summary>
    public void Watch(string? text, string what)
    {
        if (words?.FindIn(text) is { } found)
            leaks.Enqueue($"{what} ({Current}) holds {found}");
    }

    /// <summary>Reads to the end, or to a bound.</summary>
    public async Task<ReadEnd> ReadAsync(Session session, ReadRequest request, CancellationToken cancellationToken = default)
    {
        if (session.Connector is not { } connector)
            return new ReadEnd([], null, session.Problem, false);
        var reader = new BoundedReader(this);
        var watch = Stopwatch.StartNew();
        var end = await CallAsync("ReadAsync", token => reader.ReadAsync(connector.ReadAsync(request, token), token), cancellationToken);
        return new ReadEnd(reader.Items, end.Fault, end.Late ? end.Problem("ReadAsync", Deadline) : reader.Problem, reader.TooMuch)
        {
            Elapsed = watch.Elapsed,
        };
    }

    public Task<ReadEnd> ReadAsync(Session session, params PersonFixture[] persons) => ReadAsync(session, Request(persons));

    public static ReadRequest Request(params PersonFixture[] persons) => new([.. persons.Select(person => person.Query)]);

    /// <summary>A hint for whoever writes the fixture: the requests that found no exchange.</summary>
    public string UnansweredBy(Session session) =>
        session.Legacy.Unanswered is { Count: > 0 } none ? $"; no exchange for {string.Join(", ", none.Take(MostNamed))}" : "";

    private Dictionary<string, string> SettingsFor(RunningLegacy legacy)
    {
        var settings = Plugin!.Settings.Where(setting => setting.Default is not null)
            .ToDictionary(setting => setting.Name, setting => setting.Default!, StringComparer.Ordinal);
        foreach (var (name, value) in Fixture.Settings)
            settings[name] = legacy.Fill(value);
        return settings;
    }

    /// <summary>A clock that starts at a given moment and then goes as fast as any other.</summary>
    private sealed class StartedClock(DateTimeOffset start) : TimeProvider
    {
        private readonly long begun = Stopwatch.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => start + Stopwatch.GetElapsedTime(begun);
    }
}
