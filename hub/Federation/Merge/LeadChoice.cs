using DmpFederation.Sdk;

namespace DmpFederation.Hub.Federation.Merge;

/// <summary>
/// Which holder's entry is shown: a standing one before a withdrawn one, then the most complete, then the most recently recorded, then by
/// source id, local id. Never the first to arrive.
/// </summary>
internal static class LeadChoice
{
    /// <summary>Negative when <paramref name="left"/> goes first.</summary>
    public static int Compare(in Facet left, in Facet right)
    {
        var byStanding = left.Apart.CompareTo(right.Apart);
        if (byStanding != 0)
            return byStanding;
        var byCompleteness = Completeness(right.Entry).CompareTo(Completeness(left.Entry));
        if (byCompleteness != 0)
            return byCompleteness;
        var byRecorded = Nullable.Compare(right.Entry.Recorded, left.Entry.Recorded);
        return byRecorded != 0 ? byRecorded : CompareIds(left, right);
    }

    /// <summary>By source id, then local id.</summary>
    public static int CompareIds(in Facet left, in Facet right)
    {
        var bySource = left.Source.CompareTo(right.Source);
        return bySource != 0 ? bySource : string.CompareOrdinal(left.Entry.LocalId, right.Entry.LocalId);
    }

    /// <summary>
    /// Order of versions under one local id, newest first: recorded last, then the higher version number, then by bytes, so that it is total.
    /// </summary>
    public static int CompareVersions(DossierEntry left, DossierEntry right)
    {
        var byRecorded = Nullable.Compare(right.Recorded, left.Recorded);
        if (byRecorded != 0)
            return byRecorded;
        var byVersion = long.TryParse(left.Version, out var mine) && long.TryParse(right.Version, out var other)
            ? other.CompareTo(mine)
            : string.CompareOrdinal(right.Version, left.Version);
        if (byVersion != 0)
            return byVersion;
        var byBytes = right.Resource.Span.SequenceCompareTo(left.Resource.Span);
        if (byBytes != 0)
            return byBytes;
        var byCategory = right.Category.CompareTo(left.Category);
        if (byCategory != 0)
            return byCategory;
        var byLabels = string.CompareOrdinal(Labels(right), Labels(left));
        if (byLabels != 0)
            return byLabels;
        // Read out of two documents under one id: the same bytes, but not the same place.
        var byDocument = string.CompareOrdinal(left.DocumentLocalId, right.DocumentLocalId);
        return byDocument != 0 ? byDocument : string.CompareOrdinal(left.EncounterLocalId, right.EncounterLocalId);
    }

    /// <summary>True when one is a mere repetition of the other. A version with other confidentiality labels is not.</summary>
    public static bool SameContent(DossierEntry left, DossierEntry right) =>
        left.Version == right.Version && left.Category == right.Category && left.Recorded == right.Recorded
        && left.Resource.Span.SequenceEqual(right.Resource.Span) && Labels(left) == Labels(right);

    private static string Labels(DossierEntry entry) =>
        entry.Confidentiality.Count == 0 ? "" : string.Join('|', entry.Confidentiality.Order(StringComparer.Ordinal));

    private static int Completeness(DossierEntry entry)
    {
        // A date orders the record and a coded value feeds alerts: they count more than labels.
        var points = entry.Date is { } date ? 8 + (int)date.Precision : 0;
        points += entry.Code is null ? 0 : 4 + Math.Min(entry.Codings.Count, 3);
        if (entry.Value is { } value)
        {
            points += 4 + (value.UnitCode is null ? 0 : 1) + (value.ReferenceLow is null && value.ReferenceHigh is null ? 0 : 1)
                + (value.Interpretation is null ? 0 : 1);
        }
        if (entry.Author is { } author)
            points += 1 + (author.Id is null ? 0 : 1) + (author.OrganizationId is null ? 0 : 1);
        return points + (entry.Status is null ? 0 : 1) + (entry.Identifiers.Count > 0 ? 1 : 0);
    }
}
