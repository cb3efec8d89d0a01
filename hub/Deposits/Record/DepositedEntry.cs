using DmpFederation.Sdk;

namespace DmpFederation.Hub.Deposits.Record;

/// <summary>A deposit as an entry of the person asked about.</summary>
internal static class DepositedEntry
{
    public static ReadItem Of(HeldDeposit deposit, PatientKey key)
    {
        try
        {
            var entry = DossierEntry.FromJson(deposit.Resource, new EntryContext(key, deposit.UniqueId));
            return entry.Subject is { } subject && subject != key ? WithoutSubject(entry) : entry;
        }
        catch (EntryFormatException fault)
        {
            return new Unreadable
            {
                Code = fault.Code,
                Reason = fault.Message,
                Raw = deposit.Resource,
                Patient = key,
                LocalId = deposit.UniqueId,
            };
        }
    }

    /// <summary>
    /// It was made under another identifier, which is linked to this one: what stands inside was compared when it was made, and who is who is said by
    /// the links since.
    /// </summary>
    private static DossierEntry WithoutSubject(DossierEntry entry) => new()
    {
        LocalId = entry.LocalId,
        FiledUnder = entry.FiledUnder,
        Category = entry.Category,
        Resource = entry.Resource,
        Version = entry.Version,
        Code = entry.Code,
        Codings = entry.Codings,
        Date = entry.Date,
        Title = entry.Title,
        Value = entry.Value,
        Author = entry.Author,
        Status = entry.Status,
        Confidentiality = entry.Confidentiality,
        Identifiers = entry.Identifiers,
        Recorded = entry.Recorded,
        DocumentLocalId = entry.DocumentLocalId,
        EncounterLocalId = entry.EncounterLocalId,
    };
}
