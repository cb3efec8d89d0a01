using System.ComponentModel.DataAnnotations;

namespace DmpFederation.Hub.Migration.Serving;

/// <summary>Section <c>Migration:Serving</c>.</summary>
internal sealed class ServingOptions
{
    public const string Section = "Migration:Serving";

    /// <summary>How often a node looks how migrations stand: a switch or reverse made elsewhere is in force after it at the latest. Default 250 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.020", "00:01:00")]
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest wait for the national store where the legacy system can answer in its place. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan FallBackAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// A national answer says as of when it is (<c>asOf</c>) once the legacy's changes were last followed longer ago than this. Default 2 min.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan StaleAfter { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Longest comparison of one answer read in shadow; it runs behind the answer. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan ShadowDeadline { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Answers that may wait to be compared; what comes beyond is not compared. Default 64.</summary>
    [Range(1, 10_000)]
    public int ShadowWaiting { get; set; } = 64;
}
