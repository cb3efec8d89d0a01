using System.ComponentModel.DataAnnotations;

namespace DmpFederation.Hub.Quarantine;

/// <summary>Bounds of the quarantine, section <c>Quarantine</c>.</summary>
internal sealed class QuarantineOptions
{
    public const string Section = "Quarantine";

    /// <summary>Where it is kept. Default: the folder <c>quarantine</c> in the connectors' state folder.</summary>
    public string? Folder { get; set; }

    /// <summary>
    /// Most bytes kept of one item. A larger one is cut there, keeps the length and SHA-256 of the whole, and cannot be replayed. Default 16 MiB.
    /// </summary>
    [Range(1024, 256 << 20)]
    public int MaxItemBytes { get; set; } = 16 << 20;

    /// <summary>Most items held for one source. Further ones are counted, not kept. Default 10,000.</summary>
    [Range(1, 10_000_000)]
    public int MaxItemsPerSource { get; set; } = 10_000;

    /// <summary>Most bytes held for one source. Default 512 MiB.</summary>
    [Range(1024, long.MaxValue)]
    public long MaxBytesPerSource { get; set; } = 512L << 20;

    /// <summary>Reads whose items wait to be written down. Default 1,024.</summary>
    [Range(1, 1_000_000)]
    public int MaxWaitingReads { get; set; } = 1_024;

    /// <summary>Bytes that wait to be written down; one source may use half of it. Default 128 MiB.</summary>
    [Range(1024, long.MaxValue)]
    public long MaxWaitingBytes { get; set; } = 128L << 20;

    /// <summary>Most items of one commit. Default 256.</summary>
    [Range(1, 1_000)]
    public int ItemsPerCommit { get; set; } = 256;

    /// <summary>
    /// How long the bytes of a replayed or discarded item are kept, for the case of an error. Then they are erased; the line stays. Default 30 days.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00")]
    public TimeSpan KeepSettledBytes { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How often bytes past that time are looked for. Default 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan TidyInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Longest wait for another process that writes. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
