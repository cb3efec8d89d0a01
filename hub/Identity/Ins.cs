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
    public static (Ins? Ins, InsProblem? Problem) Parse(string? text, string defaultSystem) => throw new NotSupportedException();
}

/// <summary>Why a text is not an INS: a stable rule name and a sentence that does not repeat the number.</summary>
internal sealed record InsProblem(string Rule, string Message);
