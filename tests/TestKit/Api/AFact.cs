using System.Text;
using DmpFederation.Hub.Federation;
using DmpFederation.Sdk;

namespace DmpFederation.TestKit.Api;

/// <summary>Invented facts with valid data by default.</summary>
internal static class AFact
{
    public static readonly PatientKey Patient = new(PatientKeySystems.InsNirTest, "279035121518989");

    public static MergedEntry Of(
        string id,
        string? date = "2009-03-12",
        EntryCategory category = EntryCategory.LabResult,
        string source = "north",
        Coding? code = null,
        string? resource = null) => Of(id, Entry(id, date, category, code, resource), source);

    public static MergedEntry Of(string id, DossierEntry entry, params string[] sources) => new()
    {
        Id = id,
        Lead = entry,
        Origins = [.. sources.Select(source => new EntryOrigin(id, source, entry, Store.Legacy))],
    };

    public static DossierEntry Entry(
        string id,
        string? date = "2009-03-12",
        EntryCategory category = EntryCategory.LabResult,
        Coding? code = null,
        string? resource = null) => new()
        {
            LocalId = $"Observation/{id}",
            FiledUnder = Patient,
            Category = category,
            Resource = Encoding.UTF8.GetBytes(resource ?? $$"""{"resourceType":"Observation","id":"{{id}}"}"""),
            Title = $"Fact {id}",
            Date = date is null ? null : FhirDate.Parse(date),
            Code = code,
            Codings = code is null ? [] : [code],
            Status = "final",
        };
}
