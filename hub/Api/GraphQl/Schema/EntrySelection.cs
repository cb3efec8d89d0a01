using DmpFederation.Hub.Federation;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>Decides which merged facts an <see cref="EntryFilter"/> takes. Date bounds are intervals (FHIR R4 search, prefixes ge and le).</summary>
internal sealed class EntrySelection
{
    private readonly HashSet<EntryCategory>? categories;
    private readonly HashSet<string>? sources;
    private readonly (string? System, string Code)[]? codes;
    private readonly DateTime? earliest;
    private readonly DateTime? end;

    public EntrySelection(EntryFilter? filter)
    {
        categories = filter?.Categories is { Count: > 0 } wanted ? [.. wanted] : null;
        sources = filter?.Sources is { Count: > 0 } holders ? [.. holders] : null;
        codes = filter?.Codes is { Count: > 0 } texts ? [.. texts.Select(SplitCode)] : null;
        earliest = filter?.From?.StartUtc;
        end = filter?.To is { } to ? End(to) : null;
    }

    public bool Takes(MergedEntry entry) =>
        (categories is null || categories.Contains(entry.Lead.Category))
        && (earliest is null && end is null || TakesDate(entry.Lead.Date))
        && (sources is null || entry.Origins.Any(origin => sources.Contains(origin.SourceId)))
        && (codes is null || HasCode(entry.Lead) || entry.Origins.Any(origin => HasCode(origin.Entry)));

    // An undated fact may lie anywhere: hiding an allergy because nobody wrote its date down would be dangerous.
    private bool TakesDate(FhirDate? date) =>
        date is not { } known || ((earliest is null || End(known) > earliest) && (end is null || known.StartUtc < end));

    // An instant ends where it starts; one tick makes it a point that bounds include.
    private static DateTime End(FhirDate date) => date.EndUtc > date.StartUtc ? date.EndUtc : date.StartUtc.AddTicks(1);

    private bool HasCode(DossierEntry entry)
    {
        if (entry.Code is { } main && Matches(main))
            return true;
        foreach (var coding in entry.Codings)
        {
            if (Matches(coding))
                return true;
        }

        return false;
    }

    private bool Matches(Coding coding) =>
        codes!.Any(wanted => wanted.Code == coding.Code && (wanted.System is null || wanted.System == coding.System));

    private static (string? System, string Code) SplitCode(string text)
    {
        var bar = text.LastIndexOf('|');
        return bar < 0 ? (null, text) : (text[..bar], text[(bar + 1)..]);
    }
}
