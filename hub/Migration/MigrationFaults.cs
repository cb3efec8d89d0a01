namespace DmpFederation.Hub.Migration;

/// <summary>The migration store cannot be used.</summary>
/// <param name="code">A code of the store (<c>DISK_FULL</c>, <c>UNREACHABLE</c>, …).</param>
internal sealed class MigrationUnavailableException(string code) : Exception($"The migration store cannot be used: {code}.")
{
    public string Code { get; } = code;
}

/// <summary>A change does not fit the state.</summary>
/// <param name="rule">Stable code of what does not fit.</param>
internal sealed class MigrationConflictException(string rule) : Exception($"The change does not fit the migration's state: {rule}.")
{
    public string Rule { get; } = rule;
}
