namespace DmpFederation.Hub.Audit.Chain;

/// <summary>What is wrong with a chain. The codes are printed and never renamed.</summary>
internal enum ChainFault
{
    /// <summary>The line is not what was sealed.</summary>
    Altered,

    /// <summary>The line is missing.</summary>
    Deleted,

    /// <summary>The line was never sealed, or is a copy of another.</summary>
    Inserted,

    /// <summary>The line was sealed for another place.</summary>
    Reordered,

    /// <summary>The line does not follow the one before it: parts of two histories were put together.</summary>
    LinkBroken,

    /// <summary>Nothing says where the chain ends.</summary>
    HeadMissing,

    /// <summary>What says where the chain ends was not sealed by the hub, or ends before lines that were.</summary>
    HeadAltered,

    /// <summary>What says that a beginning was removed in time was not sealed by the hub.</summary>
    CheckpointAltered,

    /// <summary>The key of the chain is not in the key file: nothing can be said about it.</summary>
    KeyUnknown,

    /// <summary>A line remembered outside the database is not there, or is another one.</summary>
    AnchorBroken,
}

/// <summary>One finding.</summary>
/// <param name="Fault">What.</param>
/// <param name="Chain">The chain.</param>
/// <param name="Seq">The line; of a run of missing lines the first.</param>
/// <param name="Last">The last line of the run; the same for a single line.</param>
/// <param name="Sealed">The place it was sealed for, when it was moved; null otherwise.</param>
internal sealed record ChainFinding(ChainFault Fault, string Chain, long Seq, long Last, long? Sealed = null);

/// <summary>Result of a check.</summary>
/// <param name="Chains">Chains seen.</param>
/// <param name="Lines">Lines checked.</param>
/// <param name="Findings">What is wrong; empty when nothing is.</param>
/// <param name="Heads">Where each chain ends, to be remembered outside the database.</param>
internal sealed record ChainReport(int Chains, long Lines, IReadOnlyList<ChainFinding> Findings, IReadOnlyList<ChainAnchor> Heads);
