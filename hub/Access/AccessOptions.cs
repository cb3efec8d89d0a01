using System.ComponentModel.DataAnnotations;
using DmpFederation.Hub.Access.Rules;

namespace DmpFederation.Hub.Access;

/// <summary>Section <c>Access</c>: the law and the switches it leaves open.</summary>
internal sealed class AccessOptions
{
    public const string Section = "Access";

    /// <summary>What silence of the patient means. Default: explicit consent.</summary>
    [EnumDataType(typeof(AccessEra))] public AccessEra Era { get; set; } = AccessEra.ExplicitConsent;

    /// <summary>The author of a masked document keeps sight of it. Default true.</summary>
    public bool AuthorSeesMasked { get; set; } = true;

    /// <summary>The médecin traitant keeps sight of masked documents (EX_3.1-1030). Default true.</summary>
    public bool AttendingSeesMasked { get; set; } = true;

    /// <summary>Age of majority in years (<c>ageMajorite</c>). Default 18.</summary>
    [Range(1, 30)] public int AgeOfMajority { get; set; } = 18;

    /// <summary>Longest break-glass access, in minutes. Default 240.</summary>
    [Range(1, 1440)] public int LongestBreakGlass { get; set; } = 240;

    /// <summary>Time the data protection officer has for the review of a break-glass access. Default 7 days.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")] public TimeSpan ReviewWithin { get; set; } = TimeSpan.FromDays(7);
}
