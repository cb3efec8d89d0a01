using System.Text.RegularExpressions;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Connectors.Calls;

/// <summary>Reasons the hub itself gives for an outcome; connectors' own codes stand beside them.</summary>
internal static partial class CallReasons
{
    /// <summary>The deadline passed.</summary>
    public const string Deadline = "DEADLINE";

    /// <summary>No call slot of the source came free in time.</summary>
    public const string Busy = "BUSY";

    /// <summary>Every call slot of the source is held by a call that does not end.</summary>
    public const string StuckCalls = "STUCK_CALLS";

    /// <summary>The circuit is open: the source failed lately and is left alone for a moment.</summary>
    public const string CircuitOpen = "CIRCUIT_OPEN";

    /// <summary>The connector failed in a way of its own.</summary>
    public const string Fault = "FAULT";

    /// <summary>The source gave data of another patient.</summary>
    public const string WrongPatient = SourceFaultCodes.WrongPatient;

    /// <summary>The connector yielded something that is no item of the contract.</summary>
    public const string BadEntry = "BAD_ENTRY";

    /// <summary>An entry whose envelope breaks the contract: something promised is null, empty or unknown.</summary>
    public const string EntryHollow = "ENTRY_HOLLOW";

    /// <summary>An entry whose resource is not one well-formed JSON object in UTF-8.</summary>
    public const string EntryNotJson = "ENTRY_NOT_JSON";

    /// <summary>The source was removed or replaced during the call.</summary>
    public const string Closed = "CLOSED";

    /// <summary>The source does not have the capability asked for.</summary>
    public const string NoCapability = "NO_CAPABILITY";

    /// <summary>The source takes no deposits, by its entry in <c>plugins.json</c>.</summary>
    public const string DepositsRefused = "DEPOSITS_REFUSED";

    /// <summary>The connector answered a write with a local id that is none: it is not known what was written.</summary>
    public const string BadLocalId = "BAD_LOCAL_ID";

    /// <summary>A code of a connector as it may be shown: anything that is not shaped like a code could carry patient data.</summary>
    public static string Safe(string? code) => code is not null && CodeShape().IsMatch(code) ? code : Fault;

    [GeneratedRegex("^(?!(?:.*[0-9]){5})[A-Z][A-Z0-9_]{0,59}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex CodeShape();
}
