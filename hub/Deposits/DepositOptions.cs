using System.ComponentModel.DataAnnotations;

namespace DmpFederation.Hub.Deposits;

/// <summary>Bounds of deposits and their deliveries, section <c>Deposits</c>.</summary>
internal sealed class DepositOptions
{
    public const string Section = "Deposits";

    /// <summary>Longest resource in bytes. Default 256 KiB.</summary>
    [Range(1_024, 1 << 24)]
    public int MaxResourceBytes { get; set; } = 256 << 10;

    /// <summary>
    /// Longest content of a document in bytes, before base64. Default 512 KiB, which a request of <c>GraphQl:MaxBodyBytes</c> holds: raise both.
    /// </summary>
    [Range(1_024, 1 << 26)]
    public int MaxContentBytes { get; set; } = 512 << 10;

    /// <summary>Whether this node delivers to legacy systems. Default true.</summary>
    public bool Delivers { get; set; } = true;

    /// <summary>How often it looks for lines that are due; a deposit made here is delivered at once. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "01:00:00")]
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a node has a line to itself; longer than any write takes. Default 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan ClaimFor { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Lines claimed at once. Default 64.</summary>
    [Range(1, 10_000)]
    public int LinesAtOnce { get; set; } = 64;

    /// <summary>Wait after the first failure of a line; each further one doubles it. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Longest wait between two tries of a line. Default 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromMinutes(10);
}
