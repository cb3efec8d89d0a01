using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.National.Copies.Writing;

/// <summary>Rows to be put in, with what all of them have in common.</summary>
/// <param name="SourceId">The source.</param>
/// <param name="CategoryGroup">The group of categories.</param>
/// <param name="Wave">The wave.</param>
/// <param name="At">When they were read.</param>
internal sealed record NewRows(string SourceId, string CategoryGroup, string Wave, DateTimeOffset At)
{
    public List<NewCopy> Copies { get; } = [];

    public List<NewEntry> Entries { get; } = [];

    public List<NewContent> Contents { get; } = [];
}

/// <summary>A row of <see cref="CopyRow"/>.</summary>
internal readonly record struct NewCopy(PatientKey Key, bool IsUnknown, byte[] Statements);

/// <summary>A row of <see cref="EntryRow"/>.</summary>
internal sealed record NewEntry(PatientKey Key, byte[] LocalId, int Number, VersionState State, EntryCategory Category)
{
    private static readonly string[] States = Enum.GetNames<VersionState>();
    private static readonly string[] Categories = Enum.GetNames<EntryCategory>();

    /// <summary>As it is kept.</summary>
    public string StateName => States[(int)State];

    /// <summary>As it is kept.</summary>
    public string CategoryName => Categories[(int)Category];

    public byte[]? Hash { get; init; }

    public byte[]? ContentHash { get; init; }

    public byte[]? Envelope { get; init; }

    /// <summary>Null for a tombstone.</summary>
    public ReadOnlyMemory<byte>? Resource { get; init; }

    public IntakeFault? Fault { get; init; }

    public override string ToString() => $"NewEntry({State})";
}

/// <summary>A row of <see cref="ContentRow"/>, unless it is held.</summary>
internal sealed record NewContent(PatientKey Key, byte[] LocalId, byte[] Sha256, ContentCopy Content)
{
    public override string ToString() => "NewContent";
}
