namespace DmpFederation.Hub.Migration.Steps;

/// <summary>Stable codes: why an order does not fit.</summary>
internal static class StepRules
{
    /// <summary>The source has a migration already, with another plan.</summary>
    public const string Exists = "MIGRATION_EXISTS";

    /// <summary>The plan does not cut every patient and category exactly once.</summary>
    public const string BadPlan = "BAD_PLAN";

    /// <summary>No slice is in a state the order can be given in.</summary>
    public const string WrongState = "WRONG_STATE";

    /// <summary>Another order or the runner moved a slice meanwhile: look again.</summary>
    public const string StateMoved = "STATE_MOVED";

    /// <summary>The source is shut or not configured well: nothing can be read from it.</summary>
    public const string SourceShut = "SOURCE_SHUT";

    /// <summary>The source is the national record itself: there is nothing to move.</summary>
    public const string NationalRecord = "NATIONAL_RECORD";
}
