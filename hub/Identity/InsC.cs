using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Identity;

/// <summary>
/// The calculated INS of 2009 to 2019 (ASIP Santé, dossier de conception de l'INS-C, version 1.0.0): SHA-256 over first name, birth date
/// and NIR. It is a hash of guessable traits, so it identifies a person as surely as they do and anonymises nothing.
/// </summary>
internal static class InsC
{
    /// <summary>20 digits and a key of two.</summary>
    public const int Length = 22;

    private const int NameLength = 10;
    private const int SeedLength = NameLength + 6 + 13;

    /// <summary>
    /// Computes an INS-C. The first name is cut to its first ten letters A to Z, diacritics and everything else dropped; an empty one counts
    /// as ten spaces. Corsican letters of the NIR stay letters.
    /// </summary>
    /// <param name="givenName">First name as recorded; may be empty.</param>
    /// <param name="yymmdd">Birth date in six digits; empty when missing (then <c>000000</c>). Not a calendar check: the day may be 00.</param>
    /// <param name="nir13">NIR of the person without its key, which the caller has checked.</param>
    public static InsCResult Compute(string? givenName, string? yymmdd, string? nir13)
    {
        var date = string.IsNullOrEmpty(yymmdd) ? "000000" : yymmdd;
        if (date.Length != 6 || date.AsSpan().ContainsAnyExceptInRange('0', '9'))
            return new InsCResult.NotComputable(InsCFault.BirthDate);
        if (nir13 is null || NirKey.Compute(nir13) is null)
            return new InsCResult.NotComputable(InsCFault.NirShape);
        if (nir13[0] is not ('1' or '2'))
            return new InsCResult.NotComputable(InsCFault.NirFirstDigit);

        Span<char> seed = stackalloc char[SeedLength];
        seed[..NameLength].Fill(' ');
        LatinLetters.FoldLetters(givenName, seed[..NameLength]);
        date.CopyTo(seed[NameLength..]);
        nir13.CopyTo(seed[(NameLength + 6)..]);

        Span<byte> bytes = stackalloc byte[SeedLength];
        Encoding.ASCII.GetBytes(seed, bytes);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        var number = BinaryPrimitives.ReadUInt64BigEndian(hash);
        return new InsCResult.Computed(string.Create(CultureInfo.InvariantCulture, $"{number:D20}{Key(number):D2}"));
    }

    /// <summary>One line of <c>ins compute</c>: <c>given;YYMMDD;NIR13</c> in, the 22 digits or <c>error;CODE</c> out.</summary>
    public static string ComputeLine(string line)
    {
        var fields = line.Split(';');
        var result = fields.Length == 3
            ? Compute(fields[0], fields[1].Trim(), fields[2].Trim().ToUpperInvariant())
            : new InsCResult.NotComputable(InsCFault.Line);
        return result switch
        {
            InsCResult.Computed computed => computed.Value,
            InsCResult.NotComputable fault => $"error;{fault.Code}",
            _ => throw new InvalidOperationException("Unknown INS-C result."),
        };
    }

    /// <summary>Key of the first twenty digits: 97 − (number mod 97).</summary>
    internal static int Key(ulong number) => (int)(97 - (number % 97));
}

/// <summary>An INS-C or why there is none. The family is closed.</summary>
internal abstract record InsCResult
{
    private InsCResult()
    {
    }

    /// <summary>The INS-C. Prints nothing of it.</summary>
    /// <param name="Value">22 digits.</param>
    internal sealed record Computed(string Value) : InsCResult
    {
        public override string ToString() => "INS-C ***";
    }

    /// <summary>It cannot be computed.</summary>
    /// <param name="Code">One of <see cref="InsCFault"/>.</param>
    internal sealed record NotComputable(string Code) : InsCResult;
}

/// <summary>Stable codes: why an INS-C cannot be computed.</summary>
internal static class InsCFault
{
    /// <summary>A line does not have three fields.</summary>
    public const string Line = "LINE";

    /// <summary>The birth date is not six digits.</summary>
    public const string BirthDate = "BIRTH_DATE";

    /// <summary>The NIR does not have 13 characters of the right kind.</summary>
    public const string NirShape = "NIR_SHAPE";

    /// <summary>The NIR starts with another digit than 1 or 2: a waiting number has no INS-C.</summary>
    public const string NirFirstDigit = "NIR_FIRST_DIGIT";
}
