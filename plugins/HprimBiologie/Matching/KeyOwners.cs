using DmpFederation.Plugins.HprimBiologie.Extraction;
using DmpFederation.Plugins.HprimBiologie.Index;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.HprimBiologie.Matching;

/// <summary>
/// Whose local patients are under a key alone. A number of a file counts when it can be the person's own: this shows whose name a key stands beside,
/// and opens what was found by traits before; it never finds a patient's facts.
/// </summary>
internal static class KeyOwners
{
    public static IEnumerable<long> Of(IndexReader index, PatientKey key) => key.System == LocalIds.PatientSystem
        ? index.Under(key).Select(static patient => patient.Id)
        : IsNumber(key) ? index.WithNir(key.Value) : [];

    /// <summary>True when a local patient is surely somebody else: the files bear numbers that can be theirs, and none is the one asked for.</summary>
    public static bool Exclude(IndexReader index, PatientKey key, long patient) => key.System == LocalIds.PatientSystem
        || (IsNumber(key) && index.Nirs(patient) is { Count: > 0 } numbers && !numbers.Contains(key.Value));

    private static bool IsNumber(PatientKey key) => PatientKeySystems.IsIns(key.System) && key.Value.Length == 15;
}
