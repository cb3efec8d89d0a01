using System.ComponentModel.DataAnnotations;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Identity;

/// <summary>Section <c>Identity</c>.</summary>
internal sealed class IdentityOptions
{
    public const string Section = "Identity";

    /// <summary>Root of the INSi téléservice, an absolute http or https address. Null (the default): no certified identity is available.</summary>
    public Uri? InsiUrl { get; set; }

    /// <summary>Longest wait for the téléservice. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:30")]
    public TimeSpan InsiTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>System a bare 15-character value means. Default: the test range.</summary>
    public string DefaultSystem { get; set; } = PatientKeySystems.InsNirTest;

    /// <summary>How long an answer of the téléservice is kept. Default 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan KeepAnswers { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long the téléservice is left alone after it failed, for one identity. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan KeepFailures { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Identities kept at most. Default 10,000.</summary>
    [Range(1, 1_000_000)]
    public int KeepAtMost { get; set; } = 10_000;

    /// <summary>True when <see cref="InsiUrl"/> and <see cref="DefaultSystem"/> can be used.</summary>
    internal bool IsUsable() =>
        InsiUrl is null or { IsAbsoluteUri: true, Scheme: "http" or "https" }
        && PatientKeySystems.IsIns(DefaultSystem) && DefaultSystem != PatientKeySystems.InsC;
}
