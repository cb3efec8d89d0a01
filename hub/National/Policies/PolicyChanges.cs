using System.Diagnostics;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.National.BreakGlass;
using DmpFederation.Hub.National.Persons;
using Microsoft.EntityFrameworkCore;

namespace DmpFederation.Hub.National.Policies;

/// <summary>What each change does to the rows of a locked person. Each answers whether anything is different afterwards.</summary>
internal sealed class PolicyChanges(NationalDb db, PersonRow person, string by, DateTimeOffset now)
{
    /// <exception cref="PolicyConflictException">The change does not fit the state.</exception>
    /// <exception cref="ArgumentException">The change contradicts itself.</exception>
    public Task<bool> ApplyAsync(PolicyChange change, CancellationToken cancellationToken) => change switch
    {
        PolicyChange.Open open => Task.FromResult(Open(open.Consent)),
        PolicyChange.Close close => Task.FromResult(Close(close.Reason)),
        PolicyChange.Record record => Task.FromResult(Record(record.Consent)),
        PolicyChange.DeclareAttending declare => Task.FromResult(DeclareAttending(declare.Professional)),
        PolicyChange.Oppose oppose => Task.FromResult(Oppose(oppose)),
        PolicyChange.Block block => BlockAsync(block, cancellationToken),
        PolicyChange.DeclareMember declare => DeclareMemberAsync(MemberRow.Of(person.Id, declare.Member), cancellationToken),
        PolicyChange.SetMask set => SetMaskAsync(MaskRow.Of(person.Id, set.Mask), cancellationToken),
        PolicyChange.RemoveMask remove => RemoveMaskAsync(remove, cancellationToken),
        PolicyChange.Extend extend => ExtendAsync(extend, cancellationToken),
        PolicyChange.OpenTicket open => OpenTicketAsync(open, cancellationToken),
        PolicyChange.EndTicket end => EndTicketAsync(end.TicketId, cancellationToken),
        _ => throw new UnreachableException(),
    };

    private bool Open(Consent consent)
    {
        if (consent is not { Action: ConsentAction.Opening, Choice: ConsentChoice.Permit })
            throw new ArgumentException("A dossier is opened by a consent to opening.", nameof(consent));
        if (person.State == DossierState.Open)
            return false;
        person.DestroyedAt = null;
        Become(DossierState.Open, null);
        return Record(consent);
    }

    private bool Close(string reason)
    {
        if (person.State != DossierState.Open)
            throw new PolicyConflictException(PolicyConflictException.NotOpen);
        Become(DossierState.Closed, reason);
        return true;
    }

    private void Become(DossierState state, string? reason)
    {
        (person.State, person.StateSince) = (state, now);
        db.Add(new DossierStateRow
        {
            PersonId = person.Id,
            Epoch = person.Epoch + 1,
            State = state,
            Since = now,
            ChangedBy = by,
            Reason = reason,
        });
    }

    private bool Record(Consent consent)
    {
        db.Add(ConsentRow.Of(person.Id, ++person.LastConsent, consent));
        return true;
    }

    private bool DeclareAttending(string? professional)
    {
        if (person.AttendingPhysician == professional)
            return false;
        person.AttendingPhysician = professional;
        return true;
    }

    private bool Oppose(PolicyChange.Oppose oppose)
    {
        var before = (person.OpposesBreakGlass, person.OpposesRegulation);
        person.OpposesBreakGlass = oppose.BreakGlass ?? person.OpposesBreakGlass;
        person.OpposesRegulation = oppose.Regulation ?? person.OpposesRegulation;
        return (person.OpposesBreakGlass, person.OpposesRegulation) != before;
    }

    private async Task<bool> BlockAsync(PolicyChange.Block block, CancellationToken cancellationToken)
    {
        var known = await db.Blocks.FindAsync([person.Id, block.Professional], cancellationToken);
        if (block.Blocked == known is not null)
            return false;
        if (known is null)
            db.Add(new BlockRow { PersonId = person.Id, Professional = block.Professional, Since = now });
        else
            db.Remove(known);
        return true;
    }

    private async Task<bool> DeclareMemberAsync(MemberRow member, CancellationToken cancellationToken)
    {
        if (await db.Members.FindAsync([person.Id, member.Kind, member.MemberId], cancellationToken) is not { } known)
        {
            db.Add(member);
            return true;
        }
        if ((known.Since, known.Until) == (member.Since, member.Until))
            return false;
        (known.Since, known.Until) = (member.Since, member.Until);
        return true;
    }

    private async Task<bool> SetMaskAsync(MaskRow mask, CancellationToken cancellationToken)
    {
        if (await db.Masks.FindAsync([person.Id, mask.TargetKind, mask.TargetId, mask.Visibility], cancellationToken) is not { } known)
        {
            db.Add(mask);
            return true;
        }
        if ((known.Lifts, known.Since, known.SetBy, known.Reach) == (mask.Lifts, mask.Since, mask.SetBy, mask.Reach))
            return false;
        (known.Lifts, known.Since, known.SetBy, known.Reach) = (mask.Lifts, mask.Since, mask.SetBy, mask.Reach);
        return true;
    }

    private async Task<bool> RemoveMaskAsync(PolicyChange.RemoveMask remove, CancellationToken cancellationToken)
    {
        var masks = await db.Masks
            .Where(mask => mask.PersonId == person.Id && mask.TargetKind == remove.Target.Kind && mask.TargetId == remove.Target.Id)
            .ToListAsync(cancellationToken);
        masks.RemoveAll(mask => remove.Visibility is { } only && mask.Visibility != only);
        db.RemoveRange(masks);
        return masks.Count > 0;
    }

    private async Task<bool> ExtendAsync(PolicyChange.Extend extend, CancellationToken cancellationToken) =>
        await db.Masks.FindAsync([person.Id, extend.Target.Kind, extend.Target.Id, extend.Visibility], cancellationToken) is { } known
        && known.Extend(extend.EntryIds);

    private async Task<bool> OpenTicketAsync(PolicyChange.OpenTicket open, CancellationToken cancellationToken)
    {
        // Asked twice by one who did not hear the first answer: the patient is told once.
        if (await db.Tickets.AnyAsync(ticket => ticket.Id == open.Ticket.Id && ticket.PersonId == person.Id, cancellationToken))
            return false;
        db.Add(TicketRow.Of(person.Id, open.Ticket, open.ReviewBy));
        db.Add(new NoticeRow
        {
            PersonId = person.Id,
            GivenAt = now,
            Kind = open.Notice.Kind,
            Wording = open.Notice.Text,
            TicketId = open.Notice.TicketId,
        });
        return true;
    }

    private async Task<bool> EndTicketAsync(string id, CancellationToken cancellationToken)
    {
        if (await db.Tickets.FirstOrDefaultAsync(ticket => ticket.Id == id && ticket.PersonId == person.Id, cancellationToken) is not { } known
            || known.Until <= now)
            return false;
        known.Until = now;
        return true;
    }
}
