namespace DmpFederation.Hub.National.Copies;

/// <summary>Whether a resource may be held as a fact. Thread-safe.</summary>
internal interface IIntakeCheck
{
    /// <summary>Null when it may.</summary>
    IntakeFault? Check(ReadOnlySpan<byte> resource);
}

/// <summary>Why a resource is refused. Names no patient and repeats nothing of the resource.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Reason">What to fix.</param>
internal sealed record IntakeFault(string Code, string Reason);
