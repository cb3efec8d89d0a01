using DmpFederation.Hub.Access.Matrix;
using DmpFederation.Hub.Access.Policy;

namespace DmpFederation.Hub.Access.Rules;

/// <summary>As whom somebody reads an allowed dossier.</summary>
internal enum ReaderKind
{
    /// <summary>The patient.</summary>
    Patient,

    /// <summary>A legal representative of a minor.</summary>
    Representative,

    /// <summary>A professional.</summary>
    Professional,
}

/// <summary>
/// The right to read one dossier, as decided: what it opens of sources and entries is decided with it. Pure and immutable; the one place that says
/// what a reader may see, for the answer and for its explanation.
/// </summary>
internal sealed record DossierAccess
{
    private static readonly Visibility[] OfPatient = [Visibility.InvisiblePatient];
    private static readonly Visibility[] OfRepresentative = [Visibility.InvisiblePatient, Visibility.InvisibleRepresentantsLegaux];
    private static readonly Visibility[] OfProfessional = [Visibility.MasquePs];

    public required Actor Actor { get; init; }

    public required ReaderKind Reader { get; init; }

    public required PatientPolicy Policy { get; init; }

    /// <summary>The ticket it rests on; null for a normal access.</summary>
    public BreakGlassTicket? Ticket { get; init; }

    /// <summary>The moment of the decision.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Options and the edition of the matrix in force.</summary>
    public required AccessLaw Law { get; init; }

    /// <summary>Document types the profession may read; everything for a patient.</summary>
    public required MatrixRights Rights { get; init; }

    /// <summary>True when nothing can be hidden entry by entry: no mask, and every type may be read. Labels of sources still count.</summary>
    public bool SeesEveryType => Rights.IsAll;

    /// <summary>True when a mask is laid that may hide something from this reader.</summary>
    public bool HasMask
    {
        get
        {
            for (var index = 0; index < Policy.Masks.Count; index++)
            {
                if (!Policy.Masks[index].Lifts && HidingVisibilities.Contains(Policy.Masks[index].Visibility))
                    return true;
            }
            return false;
        }
    }

    /// <summary>May this source be asked for this reader? Before any contact.</summary>
    /// <param name="sourceId">The source.</param>
    /// <param name="refusesBreakGlass">The source's charter refuses emergency access.</param>
    public SourceDecision ForSource(string sourceId, bool refusesBreakGlass)
    {
        if (Reader != ReaderKind.Professional)
            return new SourceDecision(true, AccessRules.PatientReadsOwn);
        if (Ticket is not null)
        {
            if (refusesBreakGlass)
                return new SourceDecision(false, AccessRules.SourceRefusesBreakGlass);
            return Ticket.Sources.Count == 0 || Ticket.Sources.Contains(sourceId)
                ? new SourceDecision(true, AccessRules.BreakGlass)
                : new SourceDecision(false, AccessRules.BreakGlassScope);
        }
        var (permitted, rule) = ConsentRules.Decide(Policy, Actor, ConsentAction.Reading, sourceId, At, Law.Era);
        return new SourceDecision(permitted, rule);
    }

    /// <summary>The masks and labels that hide something from such a reader.</summary>
    public IReadOnlyList<Visibility> HidingVisibilities => Reader switch
    {
        ReaderKind.Patient => OfPatient,
        ReaderKind.Representative => OfRepresentative,
        _ => OfProfessional,
    };

    /// <summary>May this reader see this entry?</summary>
    public EntryDecision ForEntry(in EntrySubject entry) => Reader == ReaderKind.Professional ? ForProfessional(entry) : ForPatient(entry);

    private EntryDecision ForPatient(in EntrySubject entry)
    {
        if (IsHidden(Visibility.InvisiblePatient, entry))
            return Masked(AccessRules.InvisiblePatient);
        return Reader == ReaderKind.Representative && IsHidden(Visibility.InvisibleRepresentantsLegaux, entry)
            ? Masked(AccessRules.InvisibleRepresentatives)
            : Shown(AccessRules.PatientSeesEntry);
    }

    private EntryDecision ForProfessional(in EntrySubject entry)
    {
        if (IsHidden(Visibility.MasquePs, entry))
        {
            if (Law.AuthorSeesMasked && entry.AuthorId is { } author && ProfessionalId.Same(author, Actor.Id))
                return Shown(AccessRules.AuthorSeesMasked);
            return Law.AttendingSeesMasked && Ticket is null && ConsentRules.IsAttending(Policy, Actor)
                ? Shown(AccessRules.AttendingSeesMasked)
                : Masked(AccessRules.MaskedToProfessionals);
        }
        if (Rights.Allows(entry))
            return Shown(AccessRules.MatrixAllows);
        return Ticket is not null && Law.Matrix.Emergency.Allows(entry)
            ? Shown(AccessRules.EmergencyType)
            : new EntryDecision(false, AccessRules.MatrixRefuses);
    }

    /// <summary>A mask or a label hides it, and nothing lifts that label.</summary>
    private bool IsHidden(Visibility visibility, in EntrySubject entry)
    {
        var (laid, lifted) = (false, false);
        for (var index = 0; index < Policy.Masks.Count; index++)
        {
            var mask = Policy.Masks[index];
            if (mask.Visibility != visibility || !MaskReach.Covers(mask, entry))
                continue;
            laid |= !mask.Lifts;
            lifted |= mask.Lifts;
        }
        return laid || (!lifted && VisibilityCodes.IsAmong(entry.Labels, visibility));
    }

    private static EntryDecision Shown(string rule) => new(true, rule);

    private static EntryDecision Masked(string rule) => new(false, rule) { IsMasked = true };
}
