using DmpFederation.Hub.Access.Policy;

namespace DmpFederation.Hub.National.Persons;

/// <summary>One person the hub holds something about: the row every other one of that person hangs on, and the one that is locked to change any.</summary>
internal sealed class PersonRow
{
    /// <summary>Random.</summary>
    public Guid Id { get; init; }

    /// <summary>One more with every change of this person's policy or links.</summary>
    public long Epoch { get; set; }

    public DossierState State { get; set; }

    public DateTimeOffset? StateSince { get; set; }

    /// <summary>PS_IdNat of the médecin traitant.</summary>
    public string? AttendingPhysician { get; set; }

    public bool OpposesBreakGlass { get; set; }

    public bool OpposesRegulation { get; set; }

    /// <summary>Sequence of the last consent: never given twice, even after the consents were destroyed.</summary>
    public long LastConsent { get; set; }

    /// <summary>When what a closed dossier held was destroyed; null while it is kept.</summary>
    public DateTimeOffset? DestroyedAt { get; set; }
}

/// <summary>One state the dossier was in, and who brought it there. Never changed, never destroyed.</summary>
internal sealed class DossierStateRow
{
    public Guid PersonId { get; init; }

    /// <summary>Epoch of the person with which it began.</summary>
    public long Epoch { get; init; }

    public DossierState State { get; init; }

    public DateTimeOffset Since { get; init; }

    public required string ChangedBy { get; init; }

    /// <summary>Motif of a closing; null otherwise.</summary>
    public string? Reason { get; init; }
}

/// <summary>That a person's policy or links were changed: when, by whom, in what way. The content stands where it belongs.</summary>
internal sealed class ChangeRow
{
    public Guid PersonId { get; init; }

    /// <summary>Epoch the change led to.</summary>
    public long Epoch { get; init; }

    /// <summary>Stable code, one of <see cref="ChangeKinds"/>.</summary>
    public required string Kind { get; init; }

    public DateTimeOffset ChangedAt { get; init; }

    public required string ChangedBy { get; init; }
}
