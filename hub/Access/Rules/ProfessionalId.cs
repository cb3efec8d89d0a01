namespace DmpFederation.Hub.Access.Rules;

/// <summary>
/// National numbers of professionals. PS_IdNat is one type digit and the number (TRE_G08): RPPS 01234567897 travels as 801234567897, and many
/// sources write the bare number.
/// </summary>
internal static class ProfessionalId
{
    private const int Rpps = 11;
    private const int Adeli = 9;

    /// <summary>True when two numbers are one person's.</summary>
    public static bool Same(string one, string other)
    {
        var left = Bare(one);
        var right = Bare(other);
        return left.Length > 0 && left.SequenceEqual(right);
    }

    private static ReadOnlySpan<char> Bare(string id) => id switch
    {
        ['8', ..] when id.Length == Rpps + 1 && !id.Contains('/', StringComparison.Ordinal) => id.AsSpan(1),
        ['0', ..] when id.Length == Adeli + 1 && !id.Contains('/', StringComparison.Ordinal) => id.AsSpan(1),
        _ => id.AsSpan(),
    };
}
