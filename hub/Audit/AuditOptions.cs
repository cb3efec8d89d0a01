using System.ComponentModel.DataAnnotations;

namespace DmpFederation.Hub.Audit;

/// <summary>Settings of the audit, section <c>Audit</c>. Where it is kept: section <c>Storage</c>.</summary>
internal sealed class AuditOptions
{
    public const string Section = "Audit";

    /// <summary>
    /// File with the keys of the chains, readable by its owner alone. Default null: <c>audit/chain.key</c> in the state folder, made at first start.
    /// Nodes that share a database should share one, so that each can verify the others' chains.
    /// </summary>
    public string? KeyFile { get; set; }

    /// <summary>How long lines are kept. Default 10 years (3,652 days).</summary>
    [Range(typeof(TimeSpan), "365.00:00:00", "36500.00:00:00")]
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromDays(3_652);

    /// <summary>How often lines past that time are looked for. Default 6 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan TidyInterval { get; set; } = TimeSpan.FromHours(6);

    /// <summary>How often the head of this node's chain is logged, as an anchor outside the database, when it moved. Default 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan AnchorInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long a commit waits for the lines of requests that are under way, so that they share it. A request alone waits for nobody. Default 4 ms.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:00.050")]
    public TimeSpan GatherFor { get; set; } = TimeSpan.FromMilliseconds(4);

    /// <summary>Lines that are enough for a commit to wait for no more. Default 4.</summary>
    [Range(1, 1_000)]
    public int LinesGathered { get; set; } = 4;

    /// <summary>Most lines of one commit. Default 512.</summary>
    [Range(1, 10_000)]
    public int LinesPerCommit { get; set; } = 512;

    /// <summary>Most lines that wait to be written; with more, requests are refused. Default 8,192.</summary>
    [Range(1, 1_000_000)]
    public int MaxWaiting { get; set; } = 8_192;
}
