using DmpFederation.Hub.Access.Policy;

namespace DmpFederation.Hub.Tests.National;

/// <summary>What changes do to a policy, in memory and as simply as it can be said: what the store is compared with.</summary>
internal sealed class PolicyModel
{
    public PatientPolicy Policy { get; private set; } = PatientPolicy.None;

    /// <summary>The policy afterwards; null when the change conflicts.</summary>
    public PatientPolicy? Apply(PolicyChange change, DateTimeOffset now)
    {
        if (After(change, now) is not { } after)
            return null;
        // Making the person known is a change too.
        var moved = Policy.Epoch == 0 || !ReferenceEquals(after, Policy);
        return Policy = after with { Epoch = Policy.Epoch + (moved ? 1 : 0) };
    }

    private PatientPolicy? After(PolicyChange change, DateTimeOffset now) => change switch
    {
        PolicyChange.Open => Policy.State == DossierState.Open
            ? Policy
            : Recorded(((PolicyChange.Open)change).Consent) with { State = DossierState.Open, StateSince = now },
        PolicyChange.Close => Policy.State == DossierState.Open ? Policy with { State = DossierState.Closed, StateSince = now } : null,
        PolicyChange.Record record => Recorded(record.Consent),
        PolicyChange.Block block => Policy.Blocked.Contains(block.Professional) == block.Blocked
            ? Policy
            : Policy with
            {
                Blocked = block.Blocked
                    ? [.. Policy.Blocked.Append(block.Professional).Order(StringComparer.Ordinal)]
                    : [.. Policy.Blocked.Where(one => one != block.Professional)],
            },
        PolicyChange.DeclareAttending attending => Policy.AttendingPhysician == attending.Professional
            ? Policy
            : Policy with { AttendingPhysician = attending.Professional },
        PolicyChange.DeclareMember { Member: var member } => Policy.CareTeam.Contains(member)
            ? Policy
            : Policy with
            {
                CareTeam =
                [
                    .. Policy.CareTeam.Where(one => (one.Professional, one.Organization) != (member.Professional, member.Organization))
                        .Append(member).OrderBy(static one => one.Since).ThenBy(static one => one.Organization is not null)
                        .ThenBy(static one => one.Professional ?? one.Organization, StringComparer.Ordinal),
                ],
            },
        PolicyChange.Oppose oppose => Opposed(oppose.BreakGlass ?? Policy.OpposesBreakGlass, oppose.Regulation ?? Policy.OpposesRegulation),
        PolicyChange.SetMask { Mask: var mask } => Masked(mask.Target, mask.Visibility, _ => Reaching(mask, mask.Reach)),
        PolicyChange.RemoveMask remove => Unmasked(remove),
        PolicyChange.Extend extend => Masked(
            extend.Target, extend.Visibility, known => known is null ? null : Reaching(known, [.. known.Reach, .. extend.EntryIds])),
        PolicyChange.OpenTicket open => Policy with
        {
            Tickets =
            [
                .. Policy.Tickets.Append(open.Ticket).OrderBy(static one => one.Since).ThenBy(static one => one.Id, StringComparer.Ordinal),
            ],
        },
        _ => Policy,
    };

    private PatientPolicy Recorded(Consent consent) =>
        Policy with { Consents = [.. Policy.Consents, consent with { Sequence = Policy.Consents.Count + 1 }] };

    private PatientPolicy Opposed(bool breakGlass, bool regulation) =>
        (breakGlass, regulation) == (Policy.OpposesBreakGlass, Policy.OpposesRegulation)
            ? Policy
            : Policy with { OpposesBreakGlass = breakGlass, OpposesRegulation = regulation };

    private PatientPolicy Masked(MaskTarget target, Visibility visibility, Func<Mask?, Mask?> becomes)
    {
        var known = Policy.Masks.FirstOrDefault(mask => mask.Target == target && mask.Visibility == visibility);
        if (becomes(known) is not { } after || (known is not null && Same(known, after)))
            return Policy;
        return Policy with
        {
            Masks =
            [
                .. Policy.Masks.Where(mask => mask != known).Append(after).OrderBy(static one => one.Target.Kind)
                    .ThenBy(static one => one.Target.Id, StringComparer.Ordinal).ThenBy(static one => one.Visibility),
            ],
        };
    }

    private PatientPolicy Unmasked(PolicyChange.RemoveMask remove)
    {
        var left = Policy.Masks
            .Where(mask => mask.Target != remove.Target || (remove.Visibility is { } only && mask.Visibility != only)).ToList();
        return left.Count == Policy.Masks.Count ? Policy : Policy with { Masks = left };
    }

    private static Mask Reaching(Mask mask, IEnumerable<string> reach) =>
        mask with { Reach = [.. reach.Distinct().Order(StringComparer.Ordinal)] };

    private static bool Same(Mask one, Mask other) => (one.Lifts, one.Since, one.SetBy) == (other.Lifts, other.Since, other.SetBy) && one.Reach.SequenceEqual(other.Reach);
}
