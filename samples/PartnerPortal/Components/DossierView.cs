using DmpFederation.PartnerPortal.Hub;
using DmpFederation.PartnerPortal.Wording;

namespace DmpFederation.PartnerPortal.Components;

/// <summary>What the page shows of a dossier: the dossier as opened, and the facts loaded so far. Immutable.</summary>
public sealed record DossierView
{
    /// <summary>The dossier as it was opened: identity, allergies and problems.</summary>
    public required Dossier Opened { get; init; }

    /// <summary>Sources that left a gap when it was opened.</summary>
    public required IReadOnlyList<SourceSentence> OpenedGaps { get; init; }

    /// <summary>Category shown; null for all.</summary>
    public string? Category { get; init; }

    public required bool Complete { get; init; }

    /// <summary>The sources of the last answer.</summary>
    public required IReadOnlyList<SourceSentence> Sources { get; init; }

    public required IReadOnlyDictionary<string, string> SourceNames { get; init; }

    /// <summary>Facts loaded so far, newest first.</summary>
    public required IReadOnlyList<Entry> Entries { get; init; }

    public string? EndCursor { get; init; }

    public bool HasNext { get; init; }

    public IReadOnlyList<SourceSentence> Gaps => [.. Sources.Where(source => source.Standing == SourceStanding.Gap)];

    /// <summary>A dossier just opened.</summary>
    public static DossierView Open(DossierRead read)
    {
        var sources = Sentences(read);
        return new DossierView
        {
            Opened = read.Dossier,
            OpenedGaps = [.. sources.Where(source => source.Standing == SourceStanding.Gap)],
            Complete = read.Dossier.Complete,
            Sources = sources,
            SourceNames = read.SourceNames,
            Entries = read.Dossier.Entries.Nodes,
            EndCursor = read.Dossier.Entries.EndCursor,
            HasNext = read.Dossier.Entries.HasNext,
        };
    }

    /// <summary>The same dossier with another category.</summary>
    public DossierView Choose(string? category, DossierRead read) => With(read, read.Dossier.Entries.Nodes) with { Category = category };

    /// <summary>The same list with one page more. A fact that moved between two pages is shown once.</summary>
    public DossierView Append(DossierRead read)
    {
        var known = Entries.Select(entry => entry.Id).ToHashSet(StringComparer.Ordinal);
        return With(read, [.. Entries, .. read.Dossier.Entries.Nodes.Where(entry => !known.Contains(entry.Id))]);
    }

    /// <summary>Printable name of a source.</summary>
    public string NameOf(string sourceId) => SourceNames.GetValueOrDefault(sourceId) ?? sourceId;

    private DossierView With(DossierRead read, IReadOnlyList<Entry> entries) => this with
    {
        Complete = read.Dossier.Complete,
        Sources = Sentences(read),
        SourceNames = read.SourceNames,
        Entries = entries,
        EndCursor = read.Dossier.Entries.EndCursor,
        HasNext = read.Dossier.Entries.HasNext,
    };

    private static IReadOnlyList<SourceSentence> Sentences(DossierRead read) =>
        [.. read.Dossier.Sources.Select(answer => SourceSentence.Of(answer, read.SourceNames))];
}
