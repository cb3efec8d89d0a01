using DmpFederation.Hub.Identity.Traits;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Federation;

/// <summary>
/// Which of several statements of traits most of them agree with. Pure; the order of the statements decides nothing but the wording.
/// </summary>
internal static class TraitsMajority
{
    /// <summary>
    /// Different wordings compared at most: who names more persons than that under one key has no majority, and costs no quadratic time.
    /// </summary>
    private const int MostWordings = 32;

    /// <summary>
    /// The traits more than half of the voters agree with; null when there are none, or two such groups as large that exclude each other.
    /// </summary>
    /// <param name="stated">The statements.</param>
    /// <param name="voters">How many have a vote; may be more than the statements, where a voter has no single word.</param>
    public static PatientTraits? Of(IReadOnlyList<PatientTraits> stated, int voters)
    {
        var wordings = new List<(PatientTraits Traits, int Votes)>();
        foreach (var traits in stated)
        {
            var known = wordings.FindIndex(wording => AreWordedAlike(wording.Traits, traits));
            if (known >= 0)
                wordings[known] = (wordings[known].Traits, wordings[known].Votes + 1);
            else if (wordings.Count == MostWordings)
                return null;
            else
                wordings.Add((traits, 1));
        }
        var groups = Groups(wordings);
        if (groups.Count == 0)
            return null;
        var most = groups.Max(static group => group.Votes);
        var leaders = groups.FindAll(group => group.Votes == most);
        var agreed = leaders.TrueForAll(leader => Agree(leaders[0].Traits, leader.Traits));
        return most * 2 > voters && agreed ? leaders[0].Traits : null;
    }

    /// <summary>
    /// Each wording with the votes of those it agrees with, where these agree among themselves: who states next to nothing agrees with everybody,
    /// and that makes no group of them.
    /// </summary>
    private static List<(PatientTraits Traits, int Votes)> Groups(List<(PatientTraits Traits, int Votes)> wordings)
    {
        var agrees = wordings.ConvertAll(one => wordings.ConvertAll(other => Agree(one.Traits, other.Traits)));
        var groups = new List<(PatientTraits, int)>();
        for (var centre = 0; centre < wordings.Count; centre++)
        {
            var members = Enumerable.Range(0, wordings.Count).Where(member => agrees[centre][member]).ToList();
            if (members.TrueForAll(one => members.TrueForAll(other => agrees[one][other])))
                groups.Add((wordings[centre].Traits, members.Sum(member => wordings[member].Votes)));
        }
        return groups;
    }

    private static bool Agree(PatientTraits one, PatientTraits other) => !TraitsComparison.Of(one, other).IsMismatch;

    private static bool AreWordedAlike(PatientTraits one, PatientTraits other) =>
        one.BirthName == other.BirthName && one.UsedName == other.UsedName && one.BirthDate == other.BirthDate && one.Sex == other.Sex
        && one.BirthPlaceCode == other.BirthPlaceCode && one.GivenNames.SequenceEqual(other.GivenNames, StringComparer.Ordinal);
}
