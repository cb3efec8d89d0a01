namespace DmpFederation.Hub.Federation;

/// <summary>Order of a dossier: newest first, undated last, ties by entry id.</summary>
internal static class DossierOrder
{
    public static int NewestFirst(MergedEntry left, MergedEntry right)
    {
        var byDate = (left.Lead.Date, right.Lead.Date) switch
        {
            ({ } mine, { } other) => other.StartUtc.CompareTo(mine.StartUtc),
            ({ }, null) => -1,
            (null, { }) => 1,
            _ => 0,
        };
        return byDate != 0 ? byDate : string.CompareOrdinal(left.Id, right.Id);
    }
}
