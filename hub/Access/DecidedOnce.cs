namespace DmpFederation.Hub.Access;

/// <summary>
/// What was decided about one request, kept for its handler. A handler that reads it before it was made fails, so that a forgotten behaviour opens
/// nothing; a request is decided on once.
/// </summary>
internal abstract class DecidedOnce<T>
    where T : class
{
    private T? made;

    /// <exception cref="InvalidOperationException">Nothing was decided yet.</exception>
    protected T Made => made ?? throw new InvalidOperationException($"No {typeof(T).Name} was made for this request.");

    /// <exception cref="InvalidOperationException">It was decided before.</exception>
    internal void Make(T decided)
    {
        if (Interlocked.CompareExchange(ref made, decided, null) is not null)
            throw new InvalidOperationException("A request is decided on once.");
    }
}

/// <summary>What a request that is decided by role gave: a value, or why not. Exactly one of value and code is not null.</summary>
/// <param name="Value">The value.</param>
/// <param name="Code">Contract §5.</param>
/// <param name="RuleId">The rule that refused; null where the code says it all.</param>
internal sealed record RoleAnswer<T>(T? Value, string? Code, string? RuleId)
    where T : class
{
    public static RoleAnswer<T> Of(T value) => new(value, null, null);

    public static RoleAnswer<T> Refused(string rule) => new(null, AccessDecision.Refused.AccessRefused, rule);

    public static RoleAnswer<T> NotFound { get; } = new(null, "NOT_FOUND", null);

    public static RoleAnswer<T> Conflict(string rule) => new(null, "CONFLICT", rule);
}
