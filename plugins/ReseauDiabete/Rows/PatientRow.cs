using DmpFederation.Plugins.ReseauDiabete.Exports;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.ReseauDiabete.Rows;

/// <summary>A line of the patients file: the traits the network files a patient under, as recorded.</summary>
internal static class PatientRow
{
    private const int BirthName = 4;
    private const int UsedName = 5;
    private const int GivenNames = 6;
    private const int BirthDate = 7;
    private const int Sex = 8;
    private const int BirthPlace = 9;

    /// <summary>Null when the traits can be read.</summary>
    public static RowProblem? Check(ReadOnlySpan<string> fields) =>
        fields[BirthDate].Length > 0 && !FrenchText.TryDay(fields[BirthDate], out _)
            ? RowProblem.Date("Date de naissance", "a day, jj/mm/aaaa, or empty")
            : null;

    /// <summary>The traits of a row that passed <see cref="Check"/>.</summary>
    public static PatientTraits Traits(ReadOnlySpan<string> fields, PatientKey key) => new()
    {
        BirthName = Stated(fields[BirthName]),
        UsedName = Stated(fields[UsedName]),
        GivenNames = fields[GivenNames].Split(' ', StringSplitOptions.RemoveEmptyEntries),
        BirthDate = FrenchText.TryDay(fields[BirthDate], out var day) ? day : null,
        Sex = fields[Sex] switch
        {
            "F" => TraitSex.Female,
            "M" => TraitSex.Male,
            _ => TraitSex.Unknown,
        },
        BirthPlaceCode = Stated(fields[BirthPlace]),
        Keys = [key],
        // The network checks no document and asks no INSi.
        Status = IdentityStatus.Provisional,
    };

    private static string? Stated(string text) => text.Length > 0 ? text : null;
}
