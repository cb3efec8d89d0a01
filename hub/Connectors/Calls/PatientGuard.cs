using DmpFederation.Sdk;

namespace DmpFederation.Hub.Connectors.Calls;

/// <summary>Tells whether what a source gave is about a patient that was asked for.</summary>
internal readonly struct PatientGuard(ReadRequest request)
{
    private const int FewPatients = 4;

    private readonly Dictionary<PatientKey, PatientQuery>? index =
        request.Patients.Count > FewPatients ? request.Patients.DistinctBy(query => query.Key).ToDictionary(query => query.Key) : null;

    /// <summary>True when the key was asked for.</summary>
    public bool Asked(PatientKey key) => Find(key) is not null;

    /// <summary>
    /// True when the entry is filed under a key that was asked for, and the identifier written inside it, where it is of a national system the
    /// patient's value of which is known, is that patient's.
    /// </summary>
    public bool Accepts(DossierEntry entry)
    {
        if (Find(entry.FiledUnder) is not { } query)
            return false;
        if (entry.Subject is not { } subject || !PatientKeySystems.IsIns(subject.System))
            return true;
        if (subject.System == query.Key.System)
            return subject.Value == query.Key.Value;
        return query.CertifiedTraits is not { } traits
            || !traits.Keys.Any(key => key.System == subject.System)
            || traits.Keys.Contains(subject);
    }

    private PatientQuery? Find(PatientKey key)
    {
        if (index is not null)
            return index.GetValueOrDefault(key);
        var patients = request.Patients;
        for (var at = 0; at < patients.Count; at++)
        {
            if (patients[at].Key == key)
                return patients[at];
        }
        return null;
    }
}
