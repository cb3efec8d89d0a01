using System.ComponentModel.DataAnnotations;

namespace DmpFederation.Hub.Migration;

/// <summary>Settings of migrations, section <c>Migration</c>.</summary>
internal sealed class MigrationOptions
{
    public const string Section = "Migration";

    /// <summary>True when this node does migration work; orders are taken anyhow. Default true.</summary>
    public bool Works { get; set; } = true;

    /// <summary>How often the runner looks for work and for orders. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan Look { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest reading of one patient; no reader waits for it. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan ReadDeadline { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest call that lists patients or changes; what came until then counts. Default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan ListDeadline { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Patients or changes asked for in one such call. Default 5,000.</summary>
    [Range(1, 1_000_000)]
    public int ListPage { get; set; } = 5_000;

    /// <summary>Largest content of a document. A patient with a larger one is set aside. Default 64 MiB.</summary>
    [Range(1024, 1L << 30)]
    public long MaxContentBytes { get; set; } = 64L << 20;

    /// <summary>Patients taken over in one transaction, at most. Default 200.</summary>
    [Range(1, 10_000)]
    public int BatchPatients { get; set; } = 200;

    /// <summary>Bytes of facts and contents taken over in one transaction, about. Default 8 MiB.</summary>
    [Range(1024, 1L << 30)]
    public long BatchBytes { get; set; } = 8L << 20;

    /// <summary>A batch waits no longer than this to be full: so much work at most is done again after a stop. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:05:00")]
    public TimeSpan BatchAge { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Failed readings after which a patient is sick: set aside, counted, and what blocks the switch. Default 5.</summary>
    [Range(1, 100)]
    public int SickAfter { get; set; } = 5;

    /// <summary>Readings with a gap after which the gap is believed to be lasting, and part of what the source says. Default 3.</summary>
    [Range(1, 100)]
    public int GapReadings { get; set; } = 3;

    /// <summary>Wait before a patient whose reading failed is read again; it doubles each time. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Longest such wait: a sick patient is tried this often. Default 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan LongestRetry { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Failed readings in a row that mean the source, not the patients. Default 8.</summary>
    [Range(2, 1_000)]
    public int OutageAfter { get; set; } = 8;

    /// <summary>First wait after the source or the store broke; it doubles each time, up to <see cref="LongestPause"/>. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest such wait. Default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often a source's feed is asked for changes. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "1.00:00:00")]
    public TimeSpan FollowEvery { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Rest between two sweeps of a source without a feed. Copies are older than the legacy by a sweep and this. Default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "1.00:00:00")]
    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How often the list of patients is compared with whom the national store holds: finds those the hub came to know of since. Default 15 min.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "7.00:00:00")]
    public TimeSpan RollEvery { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often it is looked whether both sides changed a deposited fact. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "1.00:00:00")]
    public TimeSpan DivergenceEvery { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Slices of one source copied at once by this node; the others wait for it, or for another node. Default 1.</summary>
    [Range(1, 100)]
    public int CopiesAtOnce { get; set; } = 1;

    /// <summary>How long a verification waits until what changed meanwhile was followed. Default 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan SettleLimit { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a verification is evidence (issue 5: 24 h). Default 24 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan EvidenceAge { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How far the national store may be behind the legacy when it begins to serve. Default 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan LagLimit { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a switched slice can be reversed before it may be retired. Default 30 days.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00")]
    public TimeSpan ReversibilityWindow { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Patients of a slice by whom the way back is rehearsed. Default 50.</summary>
    [Range(1, 10_000)]
    public int RehearsalPatients { get; set; } = 50;
}
