using System.Diagnostics;
using System.Text.Json;
using DmpFederation.Hub.HostTests.Audit;
using DmpFederation.Hub.HostTests.Connectors;

namespace DmpFederation.Hub.HostTests.Migration.Killed;

/// <summary>A hub that moves sources, is killed, and begins anew over what it kept.</summary>
internal sealed class MortalHub(LivingLegacy legacy, IReadOnlyList<string> sources, IReadOnlyDictionary<string, string?> settings) : IAsyncDisposable
{
    private const string Record = """
        query($ins: INS!) { dossier(ins: $ins) {
          complete sources { sourceId status reason entryCount }
          entries(first: 500) { hasNext nodes { id category date title status origins { sourceId localId version recorded } fhir } } } }
        """;

    private HubProcess? process;

    public int Kills { get; private set; }

    private HubProcess Process => process ?? throw new InvalidOperationException("It does not run.");

    public static Dictionary<string, string?> SettingsFor(LivingLegacy legacy, string folder, string? connectionString) => new()
    {
        ["Connectors:StateFolder"] = folder,
        ["Storage:ConnectionString"] = connectionString,
        ["Identity:InsiUrl"] = legacy.Systems.InsiUrl,
        ["Identity:InsiTimeout"] = "00:00:30",
        ["Migration:Look"] = "00:00:00.200",
        ["Migration:FollowEvery"] = "00:00:00.200",
        ["Migration:FirstRetry"] = "00:00:00.200",
        ["Migration:BatchPatients"] = "3",
        ["Migration:BatchAge"] = "00:00:00.200",
        ["Migration:RollEvery"] = "00:00:05",
        ["Migration:ReversibilityWindow"] = "00:00:00",
    };

    public async Task StartAsync() => process = await HubProcess.StartAsync(
        legacy.Systems.PluginsFile, Path.Combine(PluginOutput.Of("hub"), "plugins"), settings["Connectors:StateFolder"]!, settings);

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        await Process.KillAsync();
        await Process.DisposeAsync();
        process = null;
        Kills++;
    }

    public async Task KillAndStartAsync()
    {
        await KillAsync();
        await StartAsync();
    }

    /// <summary>Asks as somebody; the data of the answer.</summary>
    /// <exception cref="InvalidOperationException">The hub said something against it.</exception>
    public async Task<JsonElement> AskAsync(Func<HubProcess, string> who, string query, object? variables = null)
    {
        var answer = await Process.AskAsync(who(Process), query, variables);
        return answer.TryGetProperty("errors", out var errors)
            ? throw new InvalidOperationException($"{query}: {errors}")
            : answer.GetProperty("data");
    }

    /// <summary>Gives an order; fails with what the hub said against it.</summary>
    public Task OrderAsync(string order) => AskAsync(static hub => hub.Operator, $"mutation {{ {order} {{ sourceId }} }}");

    /// <summary>Gives an order to a hub that may be killed meanwhile.</summary>
    /// <returns>True when it said that it was done, false when it said otherwise, null when it said nothing any more.</returns>
    public async Task<bool?> TryOrderAsync(string order)
    {
        try
        {
            var answer = await Process.AskAsync(Process.Operator, $"mutation {{ {order} {{ sourceId }} }}");
            return !answer.TryGetProperty("errors", out _);
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException or JsonException or OperationCanceledException)
        {
            return null;
        }
    }

    public async Task<IReadOnlyList<Standing>> StandingAsync()
    {
        var data = await AskAsync(
            static hub => hub.Operator, "{ migrations { sourceId state copied total differences followedAt blockedBy slices { verifiedAt } } }");
        return [.. data.GetProperty("migrations").EnumerateArray().Select(Standing.Of).Where(one => sources.Contains(one.Source))];
    }

    /// <summary>Waits until every source stands so.</summary>
    /// <param name="holds">How.</param>
    /// <param name="what">The same in words.</param>
    /// <param name="patience">Longest wait; null for two minutes.</param>
    public async Task UntilAsync(Func<Standing, bool> holds, string what, TimeSpan? patience = null)
    {
        var since = Stopwatch.StartNew();
        var standing = await StandingAsync();
        while (!standing.All(holds))
        {
            if (since.Elapsed > (patience ?? TimeSpan.FromMinutes(2)))
                throw new TimeoutException($"Not every source is {what}: {string.Join(' ', standing)}");
            await Task.Delay(200);
            standing = await StandingAsync();
        }
    }

    /// <summary>A patient opens the own dossier.</summary>
    public Task OpenAsync(string ins) =>
        AskAsync(hub => hub.Patient(ins), "mutation($ins: INS!) { openDossier(ins: $ins) { state } }", new { ins });

    /// <summary>What a patient reads of the own dossier, without who serves it.</summary>
    public async Task<string> ReadAsync(string ins) => (await AskAsync(hub => hub.Patient(ins), Record, new { ins })).GetRawText();

    /// <summary>The same of a hub that may be killed meanwhile; null when it gave no answer.</summary>
    /// <exception cref="InvalidOperationException">It answered, and not with a dossier.</exception>
    public async Task<string?> TryReadAsync(string ins)
    {
        try
        {
            return process is null ? null : await ReadAsync(ins);
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException or JsonException or OperationCanceledException or ObjectDisposedException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await process.DisposeAsync();
    }
}

/// <summary>How a source stands.</summary>
internal sealed record Standing(string Source, string State, long Copied, long Total, long Differences, DateTimeOffset? FollowedAt)
{
    public required IReadOnlyList<string> BlockedBy { get; init; }

    public required DateTimeOffset? VerifiedAt { get; init; }

    public static Standing Of(JsonElement migration) => new(
        migration.GetProperty("sourceId").GetString()!,
        migration.GetProperty("state").GetString()!,
        migration.GetProperty("copied").GetInt64(),
        migration.GetProperty("total").GetInt64(),
        migration.GetProperty("differences").GetInt64(),
        Moment(migration.GetProperty("followedAt")))
    {
        BlockedBy = [.. migration.GetProperty("blockedBy").EnumerateArray().Select(static code => code.GetString()!)],
        VerifiedAt = migration.GetProperty("slices").EnumerateArray().Select(static slice => Moment(slice.GetProperty("verifiedAt"))).Min(),
    };

    public override string ToString() => $"{Source} {State} {Copied}/{Total}, {Differences} different, blocked by {string.Join(',', BlockedBy)}";

    private static DateTimeOffset? Moment(JsonElement moment) => moment.ValueKind == JsonValueKind.Null ? null : moment.GetDateTimeOffset();
}
