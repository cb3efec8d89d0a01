namespace DmpFederation.Hub.Audit.Chain;

/// <summary>Where a chain ends. Sealed, so that who cuts the tail cannot set it back.</summary>
internal sealed class ChainHead
{
    public required string Chain { get; set; }

    /// <summary>The key that seals the chain.</summary>
    public required string KeyId { get; set; }

    /// <summary>The last line; 0 when there is none yet.</summary>
    public required long Seq { get; set; }

    /// <summary>Its hash; the chain's beginning when there is none yet.</summary>
    public required byte[] Hash { get; set; }

    public required byte[] Seal { get; set; }
}

/// <summary>Where the kept part of a chain begins: the lines up to here were removed after their time.</summary>
internal sealed class ChainCheckpoint
{
    public required string Chain { get; set; }

    /// <summary>The last line removed.</summary>
    public required long Seq { get; set; }

    /// <summary>Its hash.</summary>
    public required byte[] Hash { get; set; }

    public required byte[] Seal { get; set; }
}
