using DmpFederation.Hub.Access;
using DmpFederation.Hub.Connectors;

namespace DmpFederation.Hub.Quarantine;

/// <summary>What an operator's request gave: a value, or why not.</summary>
internal sealed record QuarantineAnswer<T>(T? Value, QuarantineRefusal? Refusal)
    where T : class
{
    public static implicit operator QuarantineAnswer<T>(T value) => new(value, null);

    public static implicit operator QuarantineAnswer<T>(QuarantineRefusal refusal) => new(null, refusal);
}

/// <summary>Why a request was not carried out.</summary>
/// <param name="Code">Contract §5; <c>QUARANTINE_UNAVAILABLE</c> when the store cannot be used.</param>
/// <param name="Rule">The rule of access, or the code of the store.</param>
internal sealed record QuarantineRefusal(string Code, string? Rule = null)
{
    public const string AccessRefused = "ACCESS_REFUSED";
    public const string NotFound = "NOT_FOUND";
    public const string Conflict = "CONFLICT";
    public const string Unavailable = "QUARANTINE_UNAVAILABLE";

    public static QuarantineRefusal NoItem { get; } = new(NotFound);

    public static QuarantineRefusal Of(QuarantineUnavailableException fault) => new(Unavailable, fault.Code);
}

/// <summary>The sources a steward may see.</summary>
internal static class StewardScope
{
    /// <summary>Ids of sources; null for every source.</summary>
    public static (IReadOnlyList<string>? Sources, QuarantineRefusal? Refusal) Of(StewardshipDecision decision, ISourceRegistry registry) =>
        decision switch
        {
            StewardshipDecision.Allowed { Region: var region } => (registry.Current.IdsOf(region), null),
            _ => ([], new QuarantineRefusal(QuarantineRefusal.AccessRefused, decision.RuleId)),
        };

    /// <summary>The sources of the scope that were asked for; those outside it are as if there were none.</summary>
    public static IReadOnlyList<string>? Within(IReadOnlyList<string>? scope, string? sourceId) =>
        sourceId is null ? scope : scope is null || scope.Contains(sourceId) ? [sourceId] : [];
}
