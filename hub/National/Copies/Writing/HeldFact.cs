using DmpFederation.Sdk;

namespace DmpFederation.Hub.National.Copies.Writing;

/// <summary>The last version of a fact, as far as a copy is compared with it.</summary>
internal sealed record HeldFact(int Number, VersionState State, EntryCategory Category, byte[]? Hash, byte[]? ContentHash, IntakeFault? Fault);

/// <summary>What is held of one patient in one group.</summary>
internal sealed record HeldState(string Wave, bool IsUnknown, byte[] Statements)
{
    /// <summary>By local id.</summary>
    public Dictionary<string, HeldFact> Facts { get; } = new(StringComparer.Ordinal);
}
