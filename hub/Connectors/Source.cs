using System.Collections.Immutable;
using DmpFederation.Hub.Connectors.Calls;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Connectors;

/// <summary>State of a configured source. A source that cannot work is shown with its reason; it never stops the hub.</summary>
internal enum SourceState
{
    /// <summary>Open; not yet known to answer.</summary>
    Starting,

    /// <summary>Answered its last probe or call.</summary>
    Active,

    /// <summary>Open, but its last probe failed.</summary>
    Unreachable,

    /// <summary>Switched off in <c>plugins.json</c>.</summary>
    Disabled,

    /// <summary>Its entry in <c>plugins.json</c> is unusable.</summary>
    Misconfigured,

    /// <summary>Its plug-in is made for another SDK.</summary>
    NotSupported,

    /// <summary>Its plug-in could not be loaded or opened.</summary>
    Malfunctioned,

    /// <summary>It gave data of another patient: shut until an operator lets it in again.</summary>
    Quarantined,
}

/// <summary>
/// One configured legacy system in a registry snapshot. Immutable, but for the live <see cref="Health"/>.
/// </summary>
internal sealed record Source
{
    public required string Id { get; init; }

    /// <summary>Printable name; the id when none is configured.</summary>
    public required string Name { get; init; }

    /// <summary>Region or specialty the dossier belongs to.</summary>
    public required string Region { get; init; }

    /// <summary>Id of the plug-in.</summary>
    public required string PluginId { get; init; }

    /// <summary>Version of the loaded plug-in; null when it is not loaded.</summary>
    public string? PluginVersion { get; init; }

    /// <summary>Systems of the patient keys it understands, most wanted first.</summary>
    public required ImmutableArray<string> PatientKeySystems { get; init; }

    /// <summary>
    /// True for a source that finds patients by certified traits (<c>matchesBy</c>): without them it is not asked, whatever key it understands.
    /// </summary>
    public bool MatchesByTraits { get; init; }

    /// <summary>True when its charter refuses emergency access (<c>breakGlass</c>): no ticket opens it.</summary>
    public bool RefusesBreakGlass { get; init; }

    /// <summary>True when it takes what is deposited in the national record (<c>deposits</c>); else nothing is ever written to it.</summary>
    public bool AcceptsDeposits { get; init; }

    /// <summary>Categories it holds; empty means that it may hold any.</summary>
    public required ImmutableArray<EntryCategory> Categories { get; init; }

    /// <summary>Bounds of one call.</summary>
    public required SourceBudget Budget { get; init; }

    /// <summary>Declared capabilities: names of the optional SDK interfaces its connector implements.</summary>
    public required ImmutableArray<string> Capabilities { get; init; }

    /// <summary>Live state, updated by probes and calls.</summary>
    public required SourceHealth Health { get; init; }

    /// <summary>Hash of its entry in <c>plugins.json</c>; empty for a source made otherwise.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>Its open connector; null when it is shut (disabled, misconfigured, not supported, malfunctioned).</summary>
    public SourceConnection? Connection { get; init; }

    public SourceState State => Health.Current.State;

    /// <summary>Why it is in that state; null when Active.</summary>
    public string? StateReason => Health.Current.Reason;
}

/// <summary>State with its reason, replaced as one. Thread-safe.</summary>
internal sealed class SourceHealth(SourceState state, string? reason = null)
{
    private SourceCondition current = new(state, reason);

    public SourceCondition Current => Volatile.Read(ref current);

    public void Set(SourceState state, string? reason = null) => Volatile.Write(ref current, new SourceCondition(state, reason));

    /// <summary>Sets the state unless the source is quarantined, which only an operator ends. True when the state changed.</summary>
    public bool Observe(SourceState state, string? reason = null)
    {
        var next = new SourceCondition(state, reason);
        while (Current is var seen && seen.State != SourceState.Quarantined && seen != next)
        {
            if (Interlocked.CompareExchange(ref current, next, seen) == seen)
                return true;
        }
        return false;
    }
}

internal sealed record SourceCondition(SourceState State, string? Reason);
