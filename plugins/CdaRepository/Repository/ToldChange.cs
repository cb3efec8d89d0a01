using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CdaRepository.Repository;

/// <summary>A change before it has its cursor: an entry as it stands, a withdrawal, or what could not be read.</summary>
internal sealed record ToldChange
{
    private readonly DossierEntry? entry;
    private readonly Unreadable? unreadable;
    private readonly PatientKey patient;

    internal ToldChange(DossierEntry entry)
    {
        this.entry = entry;
        LocalId = entry.LocalId;
        Bytes = entry.Resource;
    }

    internal ToldChange(Unreadable unreadable)
    {
        this.unreadable = unreadable;
        LocalId = unreadable.LocalId;
        Bytes = unreadable.Raw;
    }

    internal ToldChange(PatientKey patient, string localId)
    {
        this.patient = patient;
        LocalId = localId;
    }

    internal string? LocalId { get; }

    internal ReadOnlyMemory<byte> Bytes { get; }

    internal bool IsEntry => entry is not null;

    internal SourceChange At(FeedCursor cursor) =>
        entry is not null ? new EntryChanged(cursor.ToString(), entry)
        : unreadable is not null ? new ItemUnreadable(cursor.ToString(), unreadable)
        : new EntryWithdrawn(cursor.ToString(), patient, LocalId!);
}
