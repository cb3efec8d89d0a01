using DmpFederation.Hub.Connectors.Configuration;

namespace DmpFederation.Hub.Cli.Consents;

/// <summary>Why a line of a register is not imported.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Field">Path of the field; null when it is the whole line.</param>
/// <param name="Problem">What is wrong, for a person. Repeats nothing of the line.</param>
internal sealed record RegisterRefusal(string Code, string? Field, string Problem)
{
    public static readonly RegisterRefusal NotJson = new("NOT_JSON", null, "is not JSON, or writes a key twice");

    public static readonly RegisterRefusal NotUtf8 = new("NOT_UTF8", null, "is not UTF-8");

    public static readonly RegisterRefusal TooLong = new("TOO_LONG", null, "is longer than a person's decisions can be");

    public static RegisterRefusal Of(ConfigurationFault fault) => new("FIELD_INVALID", fault.Place, fault.Problem);

    /// <summary>The store's reason.</summary>
    public static RegisterRefusal Of(string reason) => new(reason, null, "does not fit what is held of this person");

    public override string ToString() => Field is null ? $"{Code}: {Problem}" : $"{Code}: {Field} {Problem}";
}
