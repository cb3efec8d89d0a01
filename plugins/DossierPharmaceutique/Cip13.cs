namespace DmpFederation.Plugins.DossierPharmaceutique;

/// <summary>Presentation code printed on every French box: an EAN-13 that begins with 34009 (medicines) or another GS1 prefix.</summary>
internal static class Cip13
{
    /// <summary>True for 13 digits whose last one is the EAN-13 key of the others.</summary>
    public static bool HasRightKey(string code)
    {
        if (code.Length != 13)
            return false;
        var sum = 0;
        for (var index = 0; index < 13; index++)
        {
            if (!char.IsAsciiDigit(code[index]))
                return false;
            sum += (code[index] - '0') * (index % 2 == 0 ? 1 : 3);
        }
        return sum % 10 == 0;
    }
}
