namespace DmpFederation.SyntheticFrance.Identity;

/// <summary>Keys of the numbers the world invents.</summary>
internal static class CheckDigits
{
    /// <summary>Appends the Luhn key (RPPS, numeric FINESS).</summary>
    public static string WithLuhn(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[digits.Length - 1 - i] - '0';
            if (i % 2 == 0)
                digit = digit > 4 ? (digit * 2) - 9 : digit * 2;
            sum += digit;
        }

        return digits + (char)('0' + ((10 - (sum % 10)) % 10));
    }

    /// <summary>Appends the EAN-13 key to 12 digits (CIP13).</summary>
    public static string WithEan13(string digits)
    {
        var sum = 0;
        for (var i = 0; i < 12; i++)
            sum += (digits[i] - '0') * (i % 2 == 0 ? 1 : 3);
        return digits + (char)('0' + ((10 - (sum % 10)) % 10));
    }
}
