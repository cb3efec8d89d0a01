using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Access.Rules;
using DmpFederation.Hub.Federation.Masking;

namespace DmpFederation.Hub.Federation;

/// <summary>
/// Which facts of a professional's answer the patient could not see at that moment: their log of accesses must not tell of them before the
/// consultation d'annonce. Pure.
/// </summary>
internal static class WithheldFacts
{
    /// <summary>Ids of facts; empty when the patient could see every one.</summary>
    public static IReadOnlySet<string> Of(DossierAccess access, IReadOnlyList<MergedEntry> facts)
    {
        var none = (IReadOnlySet<string>)System.Collections.Frozen.FrozenSet<string>.Empty;
        if (access.Reader != ReaderKind.Professional)
            return none;
        var patient = access with { Reader = ReaderKind.Patient, Ticket = null, Rights = access.Law.Matrix.Everything };
        if (!patient.HasMask && !HasLabel(facts))
            return none;
        var subjects = facts.SelectMany(static fact => fact.Origins).GroupBy(static origin => origin.SourceId).ToDictionary(
            static source => source.Key,
            static source => new SliceSubjects(
                PatientSlice.Nothing(source.Key, isShown: true) with { Entries = [.. source.Select(static origin => origin.Entry)] }, withIds: true));
        return facts.Where(fact => fact.Origins.Any(origin => !patient.ForEntry(subjects[origin.SourceId].Of(origin.Entry)).Visible))
            .Select(static fact => fact.Id).ToHashSet(StringComparer.Ordinal);
    }

    private static bool HasLabel(IReadOnlyList<MergedEntry> facts)
    {
        for (var index = 0; index < facts.Count; index++)
        {
            var origins = facts[index].Origins;
            for (var origin = 0; origin < origins.Count; origin++)
            {
                if (origins[origin].Entry.Confidentiality is { Count: > 0 } labels && VisibilityCodes.IsAmong(labels, Visibility.InvisiblePatient))
                    return true;
            }
        }
        return false;
    }
}
