using System.Text.Json;

namespace DmpFederation.Hub.Audit;

/// <summary>
/// What was done. The line keeps the code (<c>DOSSIER_READ</c>), which is never renamed or reused; a new action is a new member.
/// </summary>
internal enum AuditAction
{
    /// <summary>A dossier was read.</summary>
    DossierRead,

    /// <summary>A dossier was asked for and refused.</summary>
    DossierRefused,

    /// <summary>A patient's dossier was opened.</summary>
    DossierOpened,

    /// <summary>A patient's dossier was closed.</summary>
    DossierClosed,

    /// <summary>A consent, block, opposition or care team was changed.</summary>
    ConsentChanged,

    /// <summary>Something was hidden.</summary>
    Masked,

    /// <summary>Something hidden was shown again.</summary>
    Unmasked,

    /// <summary>A break-glass ticket was given.</summary>
    BreakGlassOpened,

    /// <summary>A break-glass ticket was refused.</summary>
    BreakGlassRefused,

    /// <summary>A break-glass access was reviewed by the data protection officer.</summary>
    BreakGlassReviewed,

    /// <summary>What a patient decided was looked at.</summary>
    PolicyRead,

    /// <summary>Why something is shown or not was explained.</summary>
    Explained,

    /// <summary>The traces of a patient's dossier were read.</summary>
    AccessLogRead,

    /// <summary>Traces were exported by an operator of the machine.</summary>
    AuditExported,

    /// <summary>Two identifiers were linked as one person's.</summary>
    IdentityLinked,

    /// <summary>A link between identifiers was undone.</summary>
    IdentityUnlinked,

    /// <summary>The work queue of the identity steward was read or worked on.</summary>
    IdentityWork,

    /// <summary>Figures about what sources share were computed.</summary>
    OverlapMeasured,

    /// <summary>Quarantined items were listed.</summary>
    QuarantineListed,

    /// <summary>Quarantined items were read again.</summary>
    QuarantineReplayed,

    /// <summary>A quarantined item was given up.</summary>
    QuarantineDiscarded,

    /// <summary>A token was refused.</summary>
    TokenRefused,

    /// <summary>Somebody who runs sources did something else.</summary>
    Stewardship,

    /// <summary>How migrations stand was looked at.</summary>
    MigrationRead,

    /// <summary>Somebody began to watch a migration.</summary>
    MigrationWatched,

    /// <summary>The migration of a source was begun.</summary>
    MigrationStarted,

    /// <summary>A migration was paused.</summary>
    MigrationPaused,

    /// <summary>A paused migration was let go on.</summary>
    MigrationResumed,

    /// <summary>The comparison of a source with its copy was ordered.</summary>
    MigrationVerified,

    /// <summary>Slices were ordered to be read in shadow.</summary>
    MigrationShadowed,

    /// <summary>Slices were switched to the national store.</summary>
    MigrationSwitched,

    /// <summary>Slices were given back to the legacy.</summary>
    MigrationReversed,

    /// <summary>A legacy was retired.</summary>
    MigrationRetired,

    /// <summary>The brake of a migration was held or released.</summary>
    MigrationBraked,

    /// <summary>The load a migration may put on its legacy was set.</summary>
    MigrationLimited,

    /// <summary>A kind of difference was declared to be none.</summary>
    MigrationDeclared,

    /// <summary>Somebody looked at a fact both sides had changed, and answers for what was done.</summary>
    MigrationSettled,

    /// <summary>A fact or document was written into a dossier.</summary>
    Deposited,

    /// <summary>What waits for legacy systems, or was refused by them, was looked at.</summary>
    DeliveryRead,

    /// <summary>A delivery that was refused was ordered again.</summary>
    DeliveryRetried,
}

/// <summary>How it ended.</summary>
internal enum AuditOutcome
{
    /// <summary>It was done, and the answer held what the line says.</summary>
    Served,

    /// <summary>A rule refused it.</summary>
    Refused,

    /// <summary>It broke; nothing was answered.</summary>
    Failed,
}

/// <summary>Members of enumerations as the codes that lines keep.</summary>
internal static class AuditCode
{
    /// <summary><c>DossierRead</c> → <c>DOSSIER_READ</c>.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => Codes<T>.Of(value);

    private static class Codes<T>
        where T : struct, Enum
    {
        private static readonly Dictionary<T, string> Known =
            Enum.GetValues<T>().ToDictionary(static value => value, static value => JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.ToString()));

        public static string Of(T value) => Known.TryGetValue(value, out var code) ? code : throw new ArgumentOutOfRangeException(nameof(value));
    }
}
