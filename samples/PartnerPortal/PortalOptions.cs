using System.ComponentModel.DataAnnotations;

namespace DmpFederation.PartnerPortal;

/// <summary>What the portal needs to know of the world around it.</summary>
internal sealed class PortalOptions
{
    public const string Section = "Portal";

    /// <summary>Address of the hub. Default <c>http://127.0.0.1:5080/</c>.</summary>
    [Required]
    public Uri Hub { get; set; } = new("http://127.0.0.1:5080/");

    /// <summary>File of demo tokens by persona. Null or missing: nobody can sign in.</summary>
    public string? Tokens { get; set; }

    /// <summary>File of the demo's patients, to choose from. Null or missing: a number must be typed.</summary>
    public string? Patients { get; set; }

    /// <summary>Longest wait for the hub, whose own deadline is shorter. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan HubTimeout { get; set; } = TimeSpan.FromSeconds(10);
}
