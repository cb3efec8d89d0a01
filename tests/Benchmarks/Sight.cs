using DmpFederation.Hub.Access;
using DmpFederation.Hub.Access.Matrix;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Access.Rules;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Federation.Masking;
using DmpFederation.Hub.Federation.Merge;
using DmpFederation.Hub.Identity;

namespace DmpFederation.Benchmarks;

/// <summary>
/// What policy costs an answer: the same entries seen by a doctor without a mask, with a mask that meets nothing, with one fact masked, and by a
/// profession that does not read every type.
/// </summary>
internal static class Sight
{
    public static IEnumerable<(string Name, Action Run)> Of(List<SourceEntries> sources, RecordMerger merger)
    {
        PatientSlice[] slices =
        [
            .. sources.Select(static source => new PatientSlice
            {
                SourceId = source.SourceId,
                Entries = source.Entries,
                Found = [],
                Unreadable = [],
                IsShown = true,
                IsWhole = true,
            }),
        ];
        var one = EntryId.Of(sources[0].SourceId, sources[0].Entries[sources[0].Entries.Count / 2].LocalId);
        foreach (var (name, access) in new (string, DossierAccess)[]
        {
            ("seen: nothing hidden", Access("10")),
            ("seen: a mask of nothing", Access("10", Mask("0"))),
            ("seen: one fact masked", Access("10", Mask(one))),
            ("seen by a pharmacist", Access("21")),
        })
            yield return (name, () => VisibilityRun.Of(access, CertifiedIdentity.Unavailable, slices, merger));
    }

    private static Mask Mask(string entryId) => new()
    {
        Target = new MaskTarget(MaskTargetKind.Entry, entryId),
        Visibility = Visibility.MasquePs,
        Since = DateTimeOffset.UnixEpoch,
        SetBy = "patient",
    };

    private static DossierAccess Access(string profession, params Mask[] masks)
    {
        var at = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
        var matrix = HabilitationMatrix.Default.On(DateOnly.FromDateTime(at.UtcDateTime));
        return new DossierAccess
        {
            Actor = new Actor { Role = ActorRole.Professional, Id = "899700218896", Profession = profession },
            Reader = ReaderKind.Professional,
            Policy = new PatientPolicy { State = DossierState.Open, Masks = masks },
            At = at,
            Law = new AccessLaw(AccessEra.ExplicitConsent, true, true, 18, matrix),
            Rights = matrix.Of(profession),
        };
    }
}
