namespace DmpFederation.Hub.Access;

/// <summary>May this asker see or change how sources fare, and which sources? The family is closed.</summary>
internal abstract record StewardshipDecision
{
    private StewardshipDecision(string ruleId) => RuleId = ruleId;

    /// <summary>The rule that decided; README.md explains each.</summary>
    public string RuleId { get; }

    /// <summary>Allowed for the sources of one region, or for every source.</summary>
    /// <param name="Rule">The rule.</param>
    /// <param name="Region">The region; null for every source.</param>
    internal sealed record Allowed(string Rule, string? Region) : StewardshipDecision(Rule);

    /// <summary>Refused.</summary>
    internal sealed record Refused(string Rule) : StewardshipDecision(Rule);

    /// <summary>Decides. Pure: the same arguments always give the same decision. What no rule allows is refused.</summary>
    public static StewardshipDecision Decide(Actor actor, StewardshipAct act) => actor.Role switch
    {
        ActorRole.RegionOperator => string.IsNullOrEmpty(actor.Region)
            ? new Refused(AccessRules.OperatorWithoutRegion)
            : new Allowed(AccessRules.RegionOperatorOwnSources, actor.Region),
        ActorRole.NationalOperator => new Allowed(AccessRules.NationalOperatorEverySource, null),
        ActorRole.Dpo => act == StewardshipAct.Look
            ? new Allowed(AccessRules.DpoLooksAtSources, null)
            : new Refused(AccessRules.DpoChangesNoSource),
        ActorRole.Analyst or ActorRole.Patient or ActorRole.Professional => new Refused(AccessRules.NoSteward),
        _ => new Refused(AccessRules.Otherwise),
    };
}
