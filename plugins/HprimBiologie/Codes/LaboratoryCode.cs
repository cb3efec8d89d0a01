namespace DmpFederation.Plugins.HprimBiologie.Codes;

/// <summary>What a result of a laboratory means.</summary>
/// <param name="Loinc">LOINC code for the unit it is printed in. Null when the code, or the unit with it, is not mapped.</param>
/// <param name="Ucum">Its unit in UCUM. Null when the unit is not known.</param>
internal readonly record struct LaboratoryCode(string? Loinc, string? Ucum);
