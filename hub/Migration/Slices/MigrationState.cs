namespace DmpFederation.Hub.Migration.Slices;

/// <summary>Where a slice stands on its way from a legacy system into the national store (design §7, contract §4).</summary>
internal enum MigrationState
{
    /// <summary>The legacy alone holds and serves it.</summary>
    Federated,

    /// <summary>It is being copied for the first time.</summary>
    Copying,

    /// <summary>Copied wholly once; changes of the legacy are followed.</summary>
    Following,

    /// <summary>Followed, and being compared with the legacy.</summary>
    Verifying,

    /// <summary>Followed; both are read, the legacy serves, differences are recorded.</summary>
    Shadow,

    /// <summary>The national store serves, the legacy is its fallback and is still followed.</summary>
    Switched,

    /// <summary>The national store serves; the legacy is asked no more. There is no way back.</summary>
    Retired,

    /// <summary>Stopped by a person; it goes on from where it stopped.</summary>
    Paused,

    /// <summary>Both sides changed the same fact: both are kept, and a person decides. It is served as it was before.</summary>
    Diverged,

    /// <summary>The legacy serves again after a switch or shadow; what was copied is kept and may be verified anew.</summary>
    Reversed,
}
