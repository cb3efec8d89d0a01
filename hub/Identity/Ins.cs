using DmpFederation.Sdk;

namespace DmpFederation.Hub.Identity;

/// <summary>
/// A national health identifier whose shape and key have been checked: INS matricule (NIR, NIA, test, demonstration) or INS-C.
/// <see cref="ToString"/> never prints it; <see cref="ToWire"/> does, for answers only.
/// </summary>
internal readonly record struct Ins
{
    private Ins(string system, string value)
    {
        System = system;
        Value = value;
    }

    /// <summary>Assigning system, one of <see cref="PatientKeySystems"/>.</summary>
    public string System { get; }

    /// <summary>15 characters, or 22 digits for an INS-C.</summary>
    public string Value { get; }

    /// <summary>The same as a key for connectors.</summary>
    public PatientKey Key => new(System, Value);

    /// <summary><c>urn:oid:…|value</c>. Only for answers to somebody entitled to them.</summary>
    public string ToWire() => $"{System}|{Value}";

    public override string ToString() => $"{System}|***";

    /// <summary>
    /// Reads every form of contract §3. Exactly one of the results is not null.
    /// </summary>
    /// <param name="text">What the caller wrote.</param>
    /// <param name="defaultSystem">System a bare 15-character value means.</param>
    public static (Ins? Ins, InsProblem? Problem) Parse(string? text, string defaultSystem)
    {
        var problem = InsText.Read(text, defaultSystem, out var system, out var value);
        return problem is null ? (new Ins(system, value), null) : (null, problem);
    }
}

/// <summary>Why a text is not an INS: a stable rule name and a sentence that does not repeat the number.</summary>
/// <param name="Rule"><c>EMPTY</c>, <c>SYSTEM</c>, <c>SHAPE</c>, <c>SEX</c>, <c>KEY</c>, <c>MONTH</c> or <c>RANGE</c>.</param>
/// <param name="Message">What is wrong, for a person.</param>
internal sealed record InsProblem(string Rule, string Message)
{
    public static readonly InsProblem Empty = new("EMPTY", "No identifier was given.");

    public static readonly InsProblem System = new(
        "SYSTEM", "The assigning system is not one of the INS: NIR (…4.8), NIA (…4.9), test (…4.10), demonstration (…4.11) or INS-C (…4.2).");

    public static readonly InsProblem Shape = new(
        "SHAPE", "An INS has 15 characters, digits except 2A or 2B for Corsica in sixth and seventh place; an INS-C has 22 digits.");

    public static readonly InsProblem Sex = new("SEX", "The first digit of an INS is 1, 2, 3, 4, 7 or 8.");

    public static readonly InsProblem Key = new("KEY", "The two-digit key does not fit the characters before it.");

    public static readonly InsProblem Month = new("MONTH", "The birth month is neither 01 to 12 nor one of the codes 20, 30 to 42 and 50 to 99.");

    public static readonly InsProblem Range = new("RANGE", "The first twenty digits of an INS-C are at most 2 to the power of 64, minus 1.");
}
