using System.Collections.Concurrent;
using DmpFederation.Hub.Connectors;
using DmpFederation.Sdk;

namespace DmpFederation.TestKit;

/// <summary>
/// Stands at the border of writes: a legacy that keeps one fact a key and gives it the same local id again, as the SDK asks for, and that answers
/// otherwise when the test says so. Thread-safe.
/// </summary>
internal sealed class ScriptedWriter : ISourceWriter
{
    private readonly ConcurrentDictionary<(string Source, string Key), DossierEntry> held = [];

    /// <summary>Every write that was asked for.</summary>
    public ConcurrentQueue<(string SourceId, DossierEntry Entry, string Key)> Asked { get; } = [];

    /// <summary>Answers in the legacy's place; null lets it write.</summary>
    public Func<Source, CancellationToken, Task<WriteOutcome?>> Instead { get; set; } = static (_, _) => Task.FromResult<WriteOutcome?>(null);

    /// <summary>The facts the legacy systems hold.</summary>
    public IReadOnlyCollection<DossierEntry> Held => [.. held.Values];

    public async Task<WriteOutcome> WriteAsync(Source source, DossierEntry entry, string idempotencyKey, CancellationToken cancellationToken)
    {
        Asked.Enqueue((source.Id, entry, idempotencyKey));
        if (await Instead(source, cancellationToken) is { } outcome)
            return outcome;
        held.TryAdd((source.Id, idempotencyKey), entry);
        return new WriteOutcome("Observation/at-" + source.Id, null, true);
    }
}
