using DmpFederation.Hub.Migration.Steps;

namespace DmpFederation.Hub.Migration.Orders;

/// <summary>What an operator's request about migrations gave: a value, or why not. Exactly one of them is not null.</summary>
internal sealed record MigrationAnswer<T>(T? Value, MigrationRefusal? Refusal)
    where T : class
{
    public static implicit operator MigrationAnswer<T>(T value) => new(value, null);

    public static implicit operator MigrationAnswer<T>(MigrationRefusal refusal) => new(null, refusal);
}

/// <summary>Why a request was not carried out; nothing was changed.</summary>
/// <param name="Code">Contract §5; <c>MIGRATION_UNAVAILABLE</c> when the store cannot be used.</param>
/// <param name="Rule">The rule that refused, what there is none of, or the code of the store. Null when the code says it all.</param>
/// <param name="Message">What to do, for a person; null when the code says it all. No patient data.</param>
internal sealed record MigrationRefusal(string Code, string? Rule = null, string? Message = null)
{
    public const string AccessRefused = "ACCESS_REFUSED";
    public const string BadRequest = "BAD_REQUEST";
    public const string NotFound = "NOT_FOUND";
    public const string Conflict = "CONFLICT";
    public const string Blocked = "MIGRATION_BLOCKED";
    public const string Unavailable = "MIGRATION_UNAVAILABLE";

    /// <summary>What each slice lacks; empty unless it was blocked.</summary>
    public IReadOnlyList<MissingEvidence> Missing { get; init; } = [];

    public static MigrationRefusal NoSource { get; } = new(NotFound, "SOURCE");

    public static MigrationRefusal NoMigration { get; } = new(NotFound, "MIGRATION");

    public static MigrationRefusal Of(MigrationUnavailableException fault) => new(Unavailable, fault.Code);
}
