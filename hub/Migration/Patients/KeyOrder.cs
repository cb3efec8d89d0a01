using DmpFederation.Sdk;

namespace DmpFederation.Hub.Migration.Patients;

/// <summary>Keys by system and value, ordinally.</summary>
internal sealed class KeyOrder : IComparer<PatientKey>
{
    public static readonly KeyOrder Ordinal = new();

    public int Compare(PatientKey x, PatientKey y) =>
        string.CompareOrdinal(x.System, y.System) is not 0 and var bySystem ? bySystem : string.CompareOrdinal(x.Value, y.Value);
}
