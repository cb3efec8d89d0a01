using System.ComponentModel.DataAnnotations;

namespace DmpFederation.Hub.Api.Authentication;

/// <summary>Where tokens come from (contract §6).</summary>
internal sealed class AuthenticationOptions
{
    public const string Section = "Authentication";

    /// <summary>Issuer of the tokens, an OIDC authority. No default: without it every token is refused.</summary>
    public string? Authority { get; set; }

    /// <summary>Audience a token must carry. Default <c>dmp-federation</c>.</summary>
    [Required] public string Audience { get; set; } = "dmp-federation";

    /// <summary>Whether the authority must be reached by HTTPS. Default true; false is for the demo on loopback only.</summary>
    public bool RequireHttpsMetadata { get; set; } = true;

    /// <summary>Validated tokens kept. Default 10,000.</summary>
    [Range(0, 1_000_000)] public int CachedTokens { get; set; } = 10_000;

    /// <summary>Longest time a token is believed without being checked again, so that a withdrawn key takes effect. Default 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")] public TimeSpan CacheFor { get; set; } = TimeSpan.FromMinutes(5);
}
