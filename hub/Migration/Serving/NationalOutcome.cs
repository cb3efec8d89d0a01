using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Migration.Verifying;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Migration.Serving;

/// <summary>Puts what the national store and the legacy system gave of a request's patients together as one outcome of the source. Pure.</summary>
internal static class NationalOutcome
{
    /// <param name="source">The source.</param>
    /// <param name="parts">The patients, with what the national store gave of each.</param>
    /// <param name="legacy">What the legacy system gave of the rest; null when it was not asked.</param>
    public static SourceOutcome Of(Source source, IReadOnlyList<PatientPart> parts, SourceOutcome? legacy)
    {
        // Who mixes up patients is not believed about anybody, and where nothing came from the national store the legacy's word is the whole.
        if (legacy is { Status: SourceStatus.Quarantined } || (legacy is not null && parts.All(static part => part.Given.IsNone && part.Lost is null)))
            return legacy;
        var gaps = Gaps(parts, legacy);
        return new SourceOutcome
        {
            Source = source,
            Status = gaps.Count == 0 ? SourceStatus.Answered : SourceStatus.Partial,
            Reason = gaps.Count == 0 ? null : gaps[0].Code,
            Gaps = gaps,
            Entries = [.. parts.SelectMany(static part => part.Entries), .. FromLegacy(parts, legacy)],
            Found = [.. parts.SelectMany(part => Found(part, legacy))],
            Unreadable = Unreadable(parts, legacy),
            UnknownPatients = [.. parts.Where(part => IsUnknown(part, legacy)).Select(static part => part.Key)],
            Nationally = parts.Where(static part => !part.Given.IsNone).ToDictionary(static part => part.Key, static part => part.Share),
        };
    }

    /// <summary>What is missing, patient by patient: a legacy that failed leaves the patients it was not asked about whole.</summary>
    private static List<ReadGap> Gaps(IReadOnlyList<PatientPart> parts, SourceOutcome? legacy)
    {
        var gaps = new List<ReadGap>();
        foreach (var part in parts)
        {
            if (part.Lost is { } lost)
                gaps.Add(new ReadGap(lost, part.Key));
            if (part.Latest is { } copy)
                gaps.AddRange(copy.Gaps.Select(code => new ReadGap(code, part.Key)));
            if (legacy is null || part.Legacy.IsNone || legacy.Status == SourceStatus.Answered)
                continue;
            if (legacy is { Status: SourceStatus.Partial, Gaps.Count: > 0 } && legacy.Gaps.All(static gap => gap.Patient is not null))
                gaps.AddRange(legacy.Gaps.Where(gap => gap.Patient == part.Key));
            else
                gaps.Add(new ReadGap(legacy.Reason ?? SourceReason.Fault, part.Key));
        }
        return gaps;
    }

    private static IEnumerable<DossierEntry> FromLegacy(IReadOnlyList<PatientPart> parts, SourceOutcome? legacy)
    {
        if (legacy is null)
            return [];
        var byKey = parts.Where(static part => !part.Legacy.IsNone).ToDictionary(static part => part.Key);
        // An entry of nobody asked about is handed on: who reads the outcome shuts the source for it.
        return legacy.Entries.Where(entry => !byKey.TryGetValue(entry.FiledUnder, out var part) || part.TakesFromLegacy(entry.Category));
    }

    private static IEnumerable<PatientFound> Found(PatientPart part, SourceOutcome? legacy)
    {
        var said = part.Latest?.Found ?? [];
        var fresh = part.Legacy.IsNone || legacy is null ? [] : legacy.Found.Where(found => found.Patient == part.Key);
        if (said.Count == 0)
            return fresh;
        var known = said.Select(IdentityText.Of).ToHashSet(StringComparer.Ordinal);
        return said.Concat(fresh.Where(found => !known.Contains(IdentityText.Of(found))));
    }

    private static List<Unreadable> Unreadable(IReadOnlyList<PatientPart> parts, SourceOutcome? legacy)
    {
        var items = new List<Unreadable>();
        foreach (var item in parts.SelectMany(static part => part.Latest?.Unreadable ?? []).Concat(legacy?.Unreadable ?? []))
        {
            if (!items.Exists(known => known.Code == item.Code && known.Position == item.Position && known.LocalId == item.LocalId
                && known.Patient == item.Patient))
                items.Add(item);
        }
        return items;
    }

    /// <summary>Known to neither, as far as each was asked.</summary>
    private static bool IsUnknown(PatientPart part, SourceOutcome? legacy) =>
        part.Lost is null
        && part.Copies.All(static held => held.Copy.IsUnknown)
        && (part.Legacy.IsNone || legacy?.UnknownPatients.Contains(part.Key) == true);
}
