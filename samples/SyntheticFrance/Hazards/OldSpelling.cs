using DmpFederation.SyntheticFrance.Care;
using DmpFederation.SyntheticFrance.Identity;
using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.SyntheticFrance.Hazards;

/// <summary>
/// Names as the sources' software can write them: Franche-Comté has ISO 8859-1 (a letter it lacks becomes
/// another, or a question mark), and a third of Picardie's records were typed in capitals. Who
/// compares traits must take these for the same person.
/// </summary>
internal static class OldSpelling
{
    /// <summary>The identities recorded otherwise so far, and those that the spelling changes.</summary>
    public static IReadOnlyDictionary<string, RecordedIdentity> Of(SyntheticPatient patient)
    {
        var changed = new Dictionary<string, RecordedIdentity>(patient.RecordedOtherwise);
        Respell(changed, patient, SourceIds.FrancheComte, patient.Index % 2 == 0 ? OldEncodings.Latin1 : OldEncodings.Latin1WithGaps);
        if (patient.Index % 3 == 1)
            Respell(changed, patient, SourceIds.Picardie, OldEncodings.Capitals);
        return changed;
    }

    private static void Respell(Dictionary<string, RecordedIdentity> changed, SyntheticPatient patient, string source, Func<string, string> spell)
    {
        var recorded = patient.RecordedIdentity(source);
        var respelled = recorded with
        {
            BirthName = spell(recorded.BirthName),
            UsedName = recorded.UsedName is { } used ? spell(used) : null,
            GivenNames = [.. recorded.GivenNames.Select(spell)],
        };
        if (respelled.BirthName != recorded.BirthName || respelled.UsedName != recorded.UsedName
            || !respelled.GivenNames.SequenceEqual(recorded.GivenNames))
            changed[source] = respelled;
    }
}
