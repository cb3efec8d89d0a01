using DmpFederation.Hub.Identity;
using DmpFederation.Hub.Identity.Traits;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Federation;

/// <summary>
/// Decides for one patient which sources, and which of their documents, speak of somebody else. Pure. With a certified identity every
/// statement is compared with it. Without one the sources are compared with each other: who disagrees with the majority is kept out, and without
/// a majority all are shown with that doubt (docs/decisions/0006-traits-without-a-certified-identity.md).
/// </summary>
internal sealed class TraitsScreen
{
    private static readonly TraitsScreen Nothing = new(0);

    private readonly SourceScreen[] screens;
    private List<IdentityDisagreement>? disagreements;

    private TraitsScreen(int sources)
    {
        screens = new SourceScreen[sources];
        Array.Fill(screens, SourceScreen.Open);
    }

    /// <summary>Every source that states other traits, in the order of the sources; tolerated differences included.</summary>
    public IReadOnlyList<IdentityDisagreement> Disagreements => disagreements ?? (IReadOnlyList<IdentityDisagreement>)[];

    /// <summary>What passes of a source, by its position.</summary>
    public SourceScreen this[int source] => screens.Length == 0 ? SourceScreen.Open : screens[source];

    /// <param name="certified">The patient's certified identity, or why there is none.</param>
    /// <param name="statements">What each source says of the patient.</param>
    public static TraitsScreen Of(CertifiedIdentity certified, SourceStatements[] statements)
    {
        var voters = 0;
        foreach (var statement in statements)
            voters += statement.Found.Count > 0 ? 1 : 0;
        if (voters == 0)
            return Nothing;

        var screen = new TraitsScreen(statements.Length);
        if ((certified.Traits ?? MajorityOf(statements, voters)) is { } reference)
        {
            for (var source = 0; source < statements.Length; source++)
                screen.Compare(source, statements[source], reference);
        }
        else
        {
            screen.Dispute(statements);
        }
        return screen;
    }

    /// <summary>One vote a source, whatever number of documents it holds; one whose own documents disagree has no word, but counts.</summary>
    private static PatientTraits? MajorityOf(SourceStatements[] statements, int voters)
    {
        var words = new List<PatientTraits>(voters);
        foreach (var statement in statements)
        {
            if (TraitsMajority.Of([.. statement.Found.Select(static found => found.Traits)], statement.Found.Count) is { } word)
                words.Add(word);
        }
        return TraitsMajority.Of(words, voters);
    }

    private void Compare(int source, SourceStatements statements, PatientTraits reference)
    {
        var (whole, matched) = (false, false);
        HashSet<string>? documents = null;
        for (var index = 0; index < statements.Found.Count; index++)
        {
            var found = statements.Found[index];
            var comparison = TraitsComparison.Of(reference, found.Traits);
            if (!comparison.IsMismatch)
                matched = true;
            else if (found.DocumentLocalId is { } document)
                (documents ??= new(StringComparer.Ordinal)).Add(document);
            else
                whole = true;
            Note(statements.SourceId, found, comparison, comparison.IsMismatch);
        }
        // A store of which every word is about somebody else is not believed about what it says without naming anybody.
        if (whole || (documents is not null && !matched))
            screens[source] = SourceScreen.Out;
        else if (documents is not null)
            screens[source] = SourceScreen.Without(documents);
    }

    /// <summary>Nobody decides: who contradicts another, or its own documents each other, is marked.</summary>
    private void Dispute(SourceStatements[] statements)
    {
        for (var source = 0; source < statements.Length; source++)
        {
            var (found, contradiction) = ContradictionOf(source, statements);
            if (contradiction is null)
                continue;
            screens[source] = SourceScreen.Disputed;
            Note(statements[source].SourceId, found!, contradiction, keptOut: false);
        }
    }

    private static (PatientFound? Found, TraitsComparison? Contradiction) ContradictionOf(int source, SourceStatements[] statements)
    {
        // Enough to find one, and bounded: a source may name any number of persons.
        const int Enough = 32;
        foreach (var found in statements[source].Found.Take(Enough))
        {
            foreach (var other in statements.SelectMany(static one => one.Found.Take(Enough)))
            {
                if (TraitsComparison.Of(found.Traits, other.Traits) is { IsMismatch: true } contradiction)
                    return (found, contradiction);
            }
        }
        return (null, null);
    }

    /// <summary>A tolerated difference is told once a source, however many documents repeat it.</summary>
    private void Note(string sourceId, PatientFound found, TraitsComparison comparison, bool keptOut)
    {
        if (comparison.Verdict == TraitsVerdict.Agreement)
            return;
        var noted = new IdentityDisagreement(
            sourceId, comparison.IsMismatch ? found.DocumentLocalId : null, comparison.Differences, comparison.RuleId, keptOut);
        disagreements ??= [];
        if (!disagreements.Exists(earlier => earlier.SourceId == noted.SourceId && earlier.DocumentLocalId == noted.DocumentLocalId
            && earlier.RuleId == noted.RuleId && earlier.Differences.SequenceEqual(noted.Differences)))
            disagreements.Add(noted);
    }
}
