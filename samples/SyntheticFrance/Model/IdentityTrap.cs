namespace DmpFederation.SyntheticFrance.Model;

/// <summary>An identity hazard planted around a patient, as the truth tells it.</summary>
public enum IdentityTrapKind
{
    /// <summary>The source states another person's traits, and files that person's facts, under the patient's number.</summary>
    TraitsMismatch,

    /// <summary>Another patient has the same names and birth date, and another NIR.</summary>
    Homonym,

    /// <summary>Another patient has the same birth name, birth date and birth place, and another NIR; the given names may begin alike.</summary>
    Twin,

    /// <summary>The source files the patient under a number whose key is wrong.</summary>
    WrongKey,

    /// <summary>The source files a child under the number of the insured parent.</summary>
    SharedInsuredNir,
}

/// <param name="Kind">What the hazard is.</param>
/// <param name="SourceId">The source that has it, or in which two patients are most easily confused.</param>
/// <param name="Reach">What the hub can have of that source for this patient.</param>
public sealed record IdentityTrap(IdentityTrapKind Kind, string SourceId, TrapReach Reach = TrapReach.Own);

/// <summary>What can be had of a source in which a trap lies, for a patient asked for by INS.</summary>
public enum TrapReach
{
    /// <summary>The patient's own facts.</summary>
    Own,

    /// <summary>Facts whose stated traits are not the patient's: they must be kept out, and the answer is not complete.</summary>
    KeptOut,

    /// <summary>Nothing: what the source holds of the patient lies under another number.</summary>
    Unreachable,
}
