namespace DmpFederation.Sdk.Conformance.Checks;

/// <summary>An exception of the plug-in, described. The exception itself is not kept: it would hold the plug-in in memory.</summary>
/// <param name="Type">Name of its type.</param>
/// <param name="Code">Code of a <see cref="SourceFaultException"/>; null of any other.</param>
/// <param name="Cancelled">It is a cancellation.</param>
/// <param name="Where">The method it came from; null when unknown.</param>
internal sealed record FaultReport(string Type, string? Code, bool Cancelled, string? Where)
{
    public static FaultReport Of(Exception fault) => new(
        fault.GetType().Name,
        (fault as SourceFaultException)?.Code,
        fault is OperationCanceledException,
        fault.StackTrace?.Split('\n')[0].Trim().Split(" in ")[0]);

    public override string ToString() => Code is null ? $"{Type} {Where}".TrimEnd() : $"{Type} {Code}";
}

/// <summary>How a call of the plug-in ended.</summary>
/// <typeparam name="T">What it gives.</typeparam>
/// <param name="Value">What it gave; default when it did not.</param>
/// <param name="Fault">What it threw; null when nothing.</param>
/// <param name="Late">It had not ended at the deadline.</param>
internal readonly record struct CallEnd<T>(T? Value, FaultReport? Fault, bool Late)
{
    public bool Good => Fault is null && !Late;

    /// <summary>What went wrong, or null.</summary>
    public string? Problem(string call, TimeSpan deadline) =>
        Late ? $"{call} did not end within {deadline.TotalSeconds:0.#} s" : Fault is null ? null : $"{call} threw {Fault}";
}
