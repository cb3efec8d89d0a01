using System.ComponentModel.DataAnnotations;

namespace DmpFederation.Hub.National.Steward;

/// <summary>Bounds of the steward's queue, section <c>Identity</c>.</summary>
internal sealed class IdentityWorkOptions
{
    public const string Section = "Identity";

    /// <summary>Most disagreements that wait to be written down. Further ones are met again at the next read. Default 4,096.</summary>
    [Range(1, 1_000_000)]
    public int MaxWaitingWork { get; set; } = 4_096;

    /// <summary>
    /// How long a disagreement that was written down is not written again: a dossier is read many times a day. An item settled here is looked at anew
    /// at once, one settled on another node after that time. Default 1 min.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan SameWorkWithin { get; set; } = TimeSpan.FromMinutes(1);
}
