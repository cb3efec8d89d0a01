using System.Globalization;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Identity;

/// <summary>Reads the written forms of an INS (contract §3) and checks shape, key and month, in that order.</summary>
internal static class InsText
{
    private const string OidPrefix = "urn:oid:";

    /// <summary>Null when <paramref name="system"/> and <paramref name="value"/> were read, else why not.</summary>
    public static InsProblem? Read(string? text, string defaultSystem, out string system, out string value)
    {
        system = value = "";
        var compact = Compact(text);
        if (compact.Length == 0)
            return InsProblem.Empty;

        var bar = compact.LastIndexOf('|');
        value = compact[(bar + 1)..];
        if (bar < 0)
            system = value.Length == InsC.Length ? PatientKeySystems.InsC : defaultSystem;
        else if (KnownSystem(compact[..bar]) is { } known)
            system = known;
        else
            return InsProblem.System;
        if (value.Length == 0)
            return InsProblem.Empty;
        return system == PatientKeySystems.InsC ? CheckInsC(value) : CheckMatricule(value);
    }

    /// <summary>
    /// Without any space (no-break, narrow, zero-width ones included: they come with copy and paste), Corsican letters in capitals.
    /// </summary>
    private static string Compact(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        var bar = text.LastIndexOf('|');
        return string.Create(CultureInfo.InvariantCulture, $"{Strip(text.AsSpan(0, bar + 1), false)}{Strip(text.AsSpan(bar + 1), true)}");
    }

    private static string Strip(ReadOnlySpan<char> text, bool capitals)
    {
        var kept = text.Length <= 128 ? stackalloc char[text.Length] : new char[text.Length];
        var length = 0;
        foreach (var letter in text)
        {
            if (!char.IsWhiteSpace(letter) && letter is not ('\u200B' or '\u2060' or '\uFEFF'))
                kept[length++] = capitals && char.IsAsciiLetterLower(letter) ? char.ToUpperInvariant(letter) : letter;
        }
        return new string(kept[..length]);
    }

    /// <summary>RFC 8141: scheme and namespace of a URN are read in any case. A bare OID means its URN.</summary>
    private static string? KnownSystem(string written)
    {
        var oid = written.StartsWith(OidPrefix, StringComparison.OrdinalIgnoreCase) ? written[OidPrefix.Length..] : written;
        var system = OidPrefix + oid;
        return PatientKeySystems.IsIns(system) ? system : null;
    }

    private static InsProblem? CheckMatricule(string value)
    {
        if (value.Length != 15 || NirKey.Compute(value.AsSpan(0, 13)) is not { } key
            || !char.IsAsciiDigit(value[13]) || !char.IsAsciiDigit(value[14]))
            return InsProblem.Shape;
        if (value[0] is not ('1' or '2' or '3' or '4' or '7' or '8'))
            return InsProblem.Sex;
        if (key != Number(value, 13))
            return InsProblem.Key;
        // INSEE writes a month it does not know as 20, 30 to 42 or 50 to 99.
        return Number(value, 3) is (>= 1 and <= 12) or 20 or (>= 30 and <= 42) or (>= 50 and <= 99) ? null : InsProblem.Month;
    }

    private static InsProblem? CheckInsC(string value)
    {
        if (value.Length != InsC.Length || value.AsSpan().ContainsAnyExceptInRange('0', '9'))
            return InsProblem.Shape;
        if (!ulong.TryParse(value.AsSpan(0, 20), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return InsProblem.Range;
        return InsC.Key(number) == Number(value, 20) ? null : InsProblem.Key;
    }

    private static int Number(string value, int start) => ((value[start] - '0') * 10) + (value[start + 1] - '0');
}
