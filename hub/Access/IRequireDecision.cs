using DmpFederation.Hub.Identity;

namespace DmpFederation.Hub.Access;

/// <summary>A request about patients: it is decided on before its handler runs.</summary>
internal interface IRequireDecision
{
    Actor Actor { get; }

    /// <summary>Null takes the role's default.</summary>
    Purpose? Purpose { get; }

    IReadOnlyList<Ins> Patients { get; }

    /// <summary>Break-glass ticket shown; null for none.</summary>
    string? Ticket => null;

    /// <summary>Where the decisions are kept for the handler.</summary>
    AccessDecisions Decisions { get; }
}

/// <summary>The decisions made for one request, one per patient in its order.</summary>
internal sealed class AccessDecisions : DecidedOnce<IReadOnlyList<AccessDecision>>
{
    /// <summary>Decision about the patient at a position of the request.</summary>
    public AccessDecision this[int patient] => Made[patient];
}
