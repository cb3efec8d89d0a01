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

/// <summary>The decision made for one request.</summary>
internal sealed class Stewardship : DecidedOnce<StewardshipDecision>
{
    public StewardshipDecision Decision => Made;
}
