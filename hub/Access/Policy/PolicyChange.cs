namespace DmpFederation.Hub.Access.Policy;

/// <summary>One change of a person's policy. The family is closed. Each is applied in one transaction and moves the epoch.</summary>
internal abstract record PolicyChange
{
    private PolicyChange()
    {
    }

    /// <summary>Opens the dossier, or opens it again after a closing; records the consent to that. Nothing happens when it is open.</summary>
    internal sealed record Open(Consent Consent) : PolicyChange;

    /// <summary>Closes it.</summary>
    /// <param name="Reason">Motif, as the person said it.</param>
    internal sealed record Close(string Reason) : PolicyChange;

    /// <summary>Records a consent or a refusal. <see cref="Consent.Sequence"/> is set by the store.</summary>
    internal sealed record Record(Consent Consent) : PolicyChange;

    /// <summary>Keeps a professional out for good, or lets them in again.</summary>
    internal sealed record Block(string Professional, bool Blocked) : PolicyChange;

    /// <summary>Declares the médecin traitant; null takes the declaration back.</summary>
    internal sealed record DeclareAttending(string? Professional) : PolicyChange;

    /// <summary>Declares a member of the care team, or ends the membership (<see cref="CareTeamMember.Until"/> in the past).</summary>
    internal sealed record DeclareMember(CareTeamMember Member) : PolicyChange;

    /// <summary>Sets the two oppositions to emergency access; null leaves one as it is.</summary>
    internal sealed record Oppose(bool? BreakGlass, bool? Regulation) : PolicyChange;

    /// <summary>Lays a mask (or lifts a label). An equal target and visibility replaces the one before.</summary>
    internal sealed record SetMask(Mask Mask) : PolicyChange;

    /// <summary>Takes every mask of a target away, or only that of one visibility.</summary>
    internal sealed record RemoveMask(MaskTarget Target, Visibility? Visibility) : PolicyChange;

    /// <summary>Adds entry ids to what a mask reaches: other origins of the masked fact were seen.</summary>
    internal sealed record Extend(MaskTarget Target, Visibility Visibility, IReadOnlyList<string> EntryIds) : PolicyChange;

    /// <summary>Opens a ticket, with the notice to the patient and the entry in the review queue.</summary>
    /// <param name="Ticket">The ticket.</param>
    /// <param name="Notice">What the patient is told.</param>
    /// <param name="ReviewBy">Deadline of the review by the data protection officer.</param>
    internal sealed record OpenTicket(BreakGlassTicket Ticket, Notice Notice, DateTimeOffset ReviewBy) : PolicyChange;

    /// <summary>Ends a ticket before its time.</summary>
    internal sealed record EndTicket(string TicketId) : PolicyChange;
}

/// <summary>Something the patient is told at once.</summary>
/// <param name="Kind">Stable code: <c>BREAK_GLASS</c>.</param>
/// <param name="Text">A sentence in plain French: who, for whom, why.</param>
/// <param name="TicketId">The ticket it is about; null when about none.</param>
internal sealed record Notice(string Kind, string Text, string? TicketId);
