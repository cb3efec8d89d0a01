namespace DmpFederation.Plugins.HprimBiologie.Matching;

/// <summary>Which local patients are the person asked for.</summary>
/// <param name="Patients">Those that are.</param>
/// <param name="Withheld">True when others may be, and nothing tells: they are given to nobody.</param>
internal sealed record PatientMatch(IReadOnlyList<LocalPatient> Patients, bool Withheld)
{
    /// <summary>
    /// Decides among the local patients of the same birth name and birth date. One birth given name must agree. A number that can be the patient's
    /// own decides: the same proves, another excludes. Without a number the traits suffice only while nobody else could be meant: no homonym with
    /// another number, no second patient of one laboratory, no other given name among those that agree.
    /// </summary>
    public static PatientMatch Of(AskedPerson person, IEnumerable<LocalPatient> candidates)
    {
        var (proven, traitsOnly) = (new List<LocalPatient>(), new List<LocalPatient>());
        var homonyms = new List<LocalPatient>();
        var torn = false;
        foreach (var candidate in candidates.Where(candidate => person.GivenKeys.Contains(candidate.GivenKey)))
        {
            var nirs = candidate.Nirs.Where(nir => FileNir.SexFits(nir, person.Sex)).ToList();
            var same = nirs.Count(person.Nirs.Contains);
            if (nirs.Count == 0)
                traitsOnly.Add(candidate);
            else if (same > 0 && same == nirs.Count)
                proven.Add(candidate);
            else if (same > 0)
                torn = true;
            else if (person.Nirs.Count > 0)
                homonyms.Add(candidate);
            else
                traitsOnly.Add(candidate with { Nirs = nirs });
        }
        var doubtful = Doubtful(traitsOnly, proven, homonyms);
        return new PatientMatch([.. proven, .. traitsOnly.Where(candidate => !doubtful.Contains(candidate))], torn || doubtful.Count > 0);
    }

    private static HashSet<LocalPatient> Doubtful(List<LocalPatient> traitsOnly, List<LocalPatient> proven, List<LocalPatient> homonyms)
    {
        var doubtful = new HashSet<LocalPatient>();
        // The number of the person asked for is unknown: two numbers among the candidates are two persons.
        var numbers = traitsOnly.SelectMany(static candidate => candidate.Nirs).Distinct().Count();
        var names = traitsOnly.Concat(proven).Select(static candidate => candidate.GivenKey).Distinct().Count();
        foreach (var candidate in traitsOnly)
        {
            var sameLaboratory = traitsOnly.Concat(proven).Any(other => other.Id != candidate.Id && other.Sender == candidate.Sender);
            var aHomonym = homonyms.Exists(other => other.GivenKey == candidate.GivenKey);
            if (numbers > 1 || names > 1 || sameLaboratory || aHomonym || !candidate.BirthKnown)
                doubtful.Add(candidate);
        }
        return doubtful;
    }
}
