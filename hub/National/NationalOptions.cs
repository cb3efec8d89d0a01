using System.ComponentModel.DataAnnotations;

namespace DmpFederation.Hub.National;

/// <summary>Bounds of the policies kept, section <c>Access</c>.</summary>
internal sealed class NationalOptions
{
    public const string Section = "Access";

    /// <summary>Policies kept in memory, the least used one goes first. Default 10,000.</summary>
    [Range(1, 1_000_000)]
    public int KeepPolicies { get; set; } = 10_000;

    /// <summary>
    /// How long what a closed dossier held is kept. Then it is destroyed; that there was a dossier, and when it was closed, stays. Default 3,653 days:
    /// ten years.
    /// </summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "36525.00:00:00")]
    public TimeSpan KeepClosedFor { get; set; } = TimeSpan.FromDays(3_653);

    /// <summary>How often closed dossiers past that time are looked for. Default 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan TidyInterval { get; set; } = TimeSpan.FromHours(1);
}
