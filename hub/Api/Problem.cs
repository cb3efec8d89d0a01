using DmpFederation.Hub.Migration.Steps;

namespace DmpFederation.Hub.Api;

/// <summary>What a client is told when something is not answered. Holds no patient data.</summary>
/// <param name="Code">One of <see cref="ErrorCodes"/>.</param>
/// <param name="Message">A sentence for the developer of the client.</param>
/// <param name="HttpStatus">Status when the whole request is refused for it.</param>
/// <param name="Rule">The rule that refused; null when the code says it all.</param>
/// <param name="CorrelationId">What to quote to the operator; only with <c>INTERNAL</c>.</param>
/// <param name="SourceId">The source concerned; only with <c>SOURCE_…</c> codes.</param>
internal sealed record Problem(
    string Code, string Message, int HttpStatus, string? Rule = null, string? CorrelationId = null, string? SourceId = null)
{
    /// <summary>What each slice of a migration lacks; only with <c>MIGRATION_BLOCKED</c>.</summary>
    public IReadOnlyList<MissingEvidence> Missing { get; init; } = [];
}
