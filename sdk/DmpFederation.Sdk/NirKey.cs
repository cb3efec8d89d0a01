namespace DmpFederation.Sdk;

/// <summary>The key of a NIR: 97 − (n mod 97), where n is the 13 characters as a number (INSEE).</summary>
public static class NirKey
{
    /// <summary>The key, 1 to 97; null when the 13 characters are not the shape of a NIR.</summary>
    /// <param name="nir13">13 digits; <c>2A</c> or <c>2B</c> stands in sixth and seventh place for Corsica.</param>
    public static int? Compute(ReadOnlySpan<char> nir13)
    {
        if (nir13.Length != 13)
            return null;
        var number = 0L;
        for (var place = 0; place < nir13.Length; place++)
        {
            int digit;
            if (place == 6 && nir13[5] == '2' && nir13[6] is 'A' or 'B')
            {
                // For the key alone 2A counts as 19 and 2B as 18: the 2 read before becomes a 1.
                number -= 1;
                digit = nir13[6] == 'A' ? 9 : 8;
            }
            else if (char.IsAsciiDigit(nir13[place]))
            {
                digit = nir13[place] - '0';
            }
            else
            {
                return null;
            }
            number = (number * 10) + digit;
        }
        return (int)(97 - (number % 97));
    }
}
