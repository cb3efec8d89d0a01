using DmpFederation.Hub.Access.Policy;

namespace DmpFederation.Hub.Access.Rules;

/// <summary>What a mask is laid on. Pure.</summary>
internal static class MaskReach
{
    /// <summary>True when a mask covers an entry: itself, its document, or what target the mask names.</summary>
    public static bool Covers(Mask mask, in EntrySubject entry) => IsTarget(mask, entry) || IsReached(mask, entry);

    private static bool IsTarget(Mask mask, in EntrySubject entry) => mask.Target.Kind switch
    {
        MaskTargetKind.Entry => mask.Target.Id == entry.EntryId || mask.Target.Id == entry.DocumentEntryId,
        MaskTargetKind.DocumentType => entry.DocumentType is { Code: { } code } type && IsCode(mask.Target.Id, type.System, code),
        MaskTargetKind.Author => entry.AuthorId is { } author && ProfessionalId.Same(author, mask.Target.Id),
        MaskTargetKind.Episode => entry.EpisodeEntryId == mask.Target.Id || entry.EntryId == mask.Target.Id,
        MaskTargetKind.Source => entry.SourceId == mask.Target.Id,
        // What is not understood hides.
        _ => true,
    };

    /// <summary>A copy in another source needs neither the author, nor the type, nor the stay that the mask names: it was found to be the same.</summary>
    private static bool IsReached(Mask mask, in EntrySubject entry)
    {
        for (var index = 0; index < mask.Reach.Count; index++)
        {
            var reached = mask.Reach[index];
            if (reached == entry.EntryId || reached == entry.DocumentEntryId
                || (mask.Target.Kind == MaskTargetKind.Episode && reached == entry.EpisodeEntryId))
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
