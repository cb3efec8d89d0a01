using System.ComponentModel.DataAnnotations;

namespace DmpFederation.Hub.Federation;

/// <summary>Section <c>Federation</c>.</summary>
internal sealed class FederationOptions
{
    public const string Section = "Federation";

    /// <summary>Longest wait for the sources of one answer. What has arrived by then is answered. Default 3 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Time after the deadline in which a call may still hand over what it has; then it is abandoned. Default 50 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan HandOver { get; set; } = TimeSpan.FromMilliseconds(50);
}
