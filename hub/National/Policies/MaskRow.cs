using DmpFederation.Hub.Access.Policy;

namespace DmpFederation.Hub.National.Policies;

/// <summary>One mask in force.</summary>
internal sealed class MaskRow
{
    /// <summary>
    /// Most entry ids a mask reaches. A fact has an origin in each source that holds it, and a few more when sources renumber: this is far beyond.
    /// </summary>
    public const int MostReached = 1_000;

    public Guid PersonId { get; init; }

    public MaskTargetKind TargetKind { get; init; }

    public required string TargetId { get; init; }

    public Visibility Visibility { get; init; }

    public bool Lifts { get; set; }

    public DateTimeOffset Since { get; set; }

    public required string SetBy { get; set; }

    /// <summary>JSON list of entry ids, ordinal order, each once.</summary>
    public required string Reach { get; set; }

    /// <exception cref="PolicyConflictException">The mask would reach too many entries.</exception>
    public static MaskRow Of(Guid person, Mask mask) => new()
    {
        PersonId = person,
        TargetKind = mask.Target.Kind,
        TargetId = mask.Target.Id,
        Visibility = mask.Visibility,
        Lifts = mask.Lifts,
        Since = mask.Since,
        SetBy = mask.SetBy,
        Reach = ReachOf(mask.Reach),
    };

    /// <summary>Adds to the reach; false when all of it was reached already.</summary>
    /// <exception cref="PolicyConflictException">The mask would reach too many entries: leaving some out would show them.</exception>
    public bool Extend(IReadOnlyList<string> entryIds)
    {
        var wider = ReachOf([.. TextList.Read(Reach), .. entryIds]);
        if (wider == Reach)
            return false;
        Reach = wider;
        return true;
    }

    private static string ReachOf(IReadOnlyList<string> entryIds)
    {
        var reached = new SortedSet<string>(entryIds, StringComparer.Ordinal);
        return reached.Count <= MostReached ? TextList.Write(reached) : throw new PolicyConflictException(PolicyConflictException.ReachFull);
    }
}
