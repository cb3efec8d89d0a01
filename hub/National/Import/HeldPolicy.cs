using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Access.Policy.Import;
using DmpFederation.Hub.National.Persons;
using DmpFederation.Hub.National.Policies;

namespace DmpFederation.Hub.National.Import;

/// <summary>What is held of one person while a register is imported, and what the register adds to it.</summary>
internal sealed class HeldPolicy(PersonRow person, bool decidedSince)
{
    private readonly HashSet<ConsentContent> consents = [];
    private readonly HashSet<string> blocked = new(StringComparer.Ordinal);
    private readonly HashSet<(MemberKind, string)> team = [];
    private readonly HashSet<(MaskTargetKind, string, Visibility)> masks = [];

    public PersonRow Person => person;

    public void Hold(ConsentRow consent) => consents.Add(ConsentContent.Of(consent));

    public void Hold(BlockRow block) => blocked.Add(block.Professional);

    public void Hold(MemberRow member) => team.Add((member.Kind, member.MemberId));

    public void Hold(MaskRow mask) => masks.Add((mask.TargetKind, mask.TargetId, mask.Visibility));

    /// <summary>Adds what is not held yet.</summary>
    /// <returns>Code of why not; null when it was added or there was nothing to add.</returns>
    public string? Take(NationalDb db, RegisteredPerson said, bool linked, string by, DateTimeOffset now, out bool changed)
    {
        changed = false;
        var rows = Missing(said);
        var state = said.State != DossierState.NeverOpened && said.State != person.State;
        var attending = said.AttendingPhysician is not null && said.AttendingPhysician != person.AttendingPhysician;
        var opposes = (said.OpposesBreakGlass && !person.OpposesBreakGlass) || (said.OpposesRegulation && !person.OpposesRegulation);
        if (!linked && rows.Count == 0 && !state && !attending && !opposes)
            return null;
        if (decidedSince)
            return ImportRefusals.DecidedSince;
        if (state && person.State != DossierState.NeverOpened)
            return ImportRefusals.StateDiffers;
        if (attending && person.AttendingPhysician is not null)
            return ImportRefusals.AttendingDiffers;

        changed = true;
        rows.ForEach(row => Hold(db, row));
        if (attending)
            person.AttendingPhysician = said.AttendingPhysician;
        person.OpposesBreakGlass |= said.OpposesBreakGlass;
        person.OpposesRegulation |= said.OpposesRegulation;
        if (state)
        {
            (person.State, person.StateSince) = (said.State, said.StateSince);
            db.Add(new DossierStateRow
            {
                PersonId = person.Id,
                Epoch = person.Epoch + 1,
                State = said.State,
                Since = said.StateSince,
                ChangedBy = by,
            });
        }
        PersonKeys.Changed(db, person, ChangeKinds.Import, by, now);
        return null;
    }

    /// <summary>Rows of what the register says and nobody holds; each once, although a register may repeat itself.</summary>
    private List<object> Missing(RegisteredPerson said)
    {
        var rows = new List<object>();
        rows.AddRange(said.Consents.Select(consent => ConsentRow.Of(person.Id, 0, consent)).DistinctBy(ConsentContent.Of)
            .Where(row => !consents.Contains(ConsentContent.Of(row))));
        rows.AddRange(said.Blocked.Distinct(StringComparer.Ordinal).Where(one => !blocked.Contains(one))
            .Select(one => new BlockRow { PersonId = person.Id, Professional = one, Since = said.StateSince }));
        rows.AddRange(said.CareTeam.Select(member => MemberRow.Of(person.Id, member)).DistinctBy(static row => (row.Kind, row.MemberId))
            .Where(row => !team.Contains((row.Kind, row.MemberId))));
        rows.AddRange(said.Masks.Select(mask => MaskRow.Of(person.Id, mask))
            .DistinctBy(static row => (row.TargetKind, row.TargetId, row.Visibility))
            .Where(row => !masks.Contains((row.TargetKind, row.TargetId, row.Visibility))));
        return rows;
    }

    private void Hold(NationalDb db, object row)
    {
        switch (row)
        {
            case ConsentRow consent:
                consent.Sequence = ++person.LastConsent;
                Hold(consent);
                break;
            case BlockRow block:
                Hold(block);
                break;
            case MemberRow member:
                Hold(member);
                break;
            case MaskRow mask:
                Hold(mask);
                break;
        }
        db.Add(row);
    }

    /// <summary>What makes two consents the same decision: not who took it over, and not the number it was given here.</summary>
    private readonly record struct ConsentContent(
        ConsentAction Action, ConsentChoice Choice, GranteeKind Kind, string? Grantee, string Sources, long Since, long? Until, string? Evidence)
    {
        public static ConsentContent Of(ConsentRow row) => new(
            row.Action, row.Choice, row.GranteeKind, row.GranteeId, row.Sources, row.Since.ToUnixTimeMilliseconds(),
            row.Until?.ToUnixTimeMilliseconds(), row.Evidence);
    }
}
