using DmpFederation.Sdk;

namespace DmpFederation.Hub.Federation;

/// <summary>What the comparison of traits lets through of one source's slice of one patient.</summary>
internal sealed class SourceScreen
{
    private readonly HashSet<string>? documents;

    private SourceScreen(bool isOut, bool isDisputed, HashSet<string>? documents)
    {
        IsOut = isOut;
        IsDisputed = isDisputed;
        this.documents = documents;
    }

    /// <summary>Everything passes.</summary>
    public static SourceScreen Open { get; } = new(false, false, null);

    /// <summary>Nothing passes.</summary>
    public static SourceScreen Out { get; } = new(true, false, null);

    /// <summary>Everything passes, with the doubt that nobody could decide whose it is.</summary>
    public static SourceScreen Disputed { get; } = new(false, true, null);

    /// <summary>True when nothing of the slice passes.</summary>
    public bool IsOut { get; }

    /// <summary>True when everything passes although nobody could decide whose it is.</summary>
    public bool IsDisputed { get; }

    /// <summary>True when some documents do not pass.</summary>
    public bool HoldsBack => documents is not null;

    /// <summary>Everything passes but these documents and the facts out of them.</summary>
    public static SourceScreen Without(HashSet<string> documents) => new(false, false, documents);

    public bool LetsThrough(DossierEntry entry) =>
        !IsOut && (documents is null
            || (!documents.Contains(entry.LocalId) && (entry.DocumentLocalId is not { } document || !documents.Contains(document))));
}
