using DmpFederation.Hub.Access.Policy;

namespace DmpFederation.Hub.Access.Rules;

/// <summary>What a mask is laid on. Pure.</summary>
internal static class MaskReach
{
    /// <summary>True when a mask covers an entry: itself, its document, or what target the mask names.</summary>
    public static bool Covers(Mask mask, in EntrySubject entry) => mask.Target.Kind switch
    {
        MaskTargetKind.Entry => Names(mask, entry.EntryId) || (entry.DocumentEntryId is { } document && Names(mask, document)),
        MaskTargetKind.DocumentType => entry.DocumentType is { Code: { } code } type && IsCode(mask.Target.Id, type.System, code),
        MaskTargetKind.Author => entry.AuthorId is { } author && ProfessionalId.Same(author, mask.Target.Id),
        MaskTargetKind.Episode => entry.EpisodeEntryId == mask.Target.Id || entry.EntryId == mask.Target.Id,
        MaskTargetKind.Source => entry.SourceId == mask.Target.Id,
        // What is not understood hides.
        _ => true,
    };

    private static bool Names(Mask mask, string entryId)
    {
        if (mask.Target.Id == entryId)
            return true;
        for (var index = 0; index < mask.Reach.Count; index++)
        {
            if (mask.Reach[index] == entryId)
                return true;
        }
        return false;
    }

    private static bool IsCode(string target, string? system, string code)
    {
        var bar = target.LastIndexOf('|');
        return bar < 0 ? target == code : target.AsSpan(bar + 1).SequenceEqual(code) && target.AsSpan(0, bar).SequenceEqual(system);
    }
}
