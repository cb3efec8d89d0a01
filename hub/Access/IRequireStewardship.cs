namespace DmpFederation.Hub.Access;

/// <summary>What somebody who runs sources wants to do.</summary>
internal enum StewardshipAct
{
    /// <summary>To see how sources fare.</summary>
    Look,

    /// <summary>To change something.</summary>
    Change,
}

/// <summary>A request about sources and about no patient: it is decided on before its handler runs.</summary>
internal interface IRequireStewardship
{
    Actor Actor { get; }

    StewardshipAct Act { get; }

    /// <summary>Where the decision is kept for the handler.</summary>
    Stewardship Stewardship { get; }
}

/// <summary>
/// The decision made for one request. A handler that reads it before it was made fails, so that a forgotten behaviour opens nothing.
/// </summary>
internal sealed class Stewardship
{
    private StewardshipDecision? made;

    public StewardshipDecision Decision => made ?? throw new InvalidOperationException("No stewardship decision was made for this request.");

    internal void Make(StewardshipDecision decision)
    {
        if (Interlocked.CompareExchange(ref made, decision, null) is not null)
            throw new InvalidOperationException("A request is decided on once.");
    }
}
