using System.Xml.Linq;
using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CiSisCda.Extraction;

/// <summary>What an entry inherits from what surrounds it (CDA context conduction): section, time, author, specimen.</summary>
internal sealed record EntryScope
{
    internal required CdaDocument Document { get; init; }

    /// <summary>LOINC code of the section; a word when it has none.</summary>
    internal required string Section { get; init; }

    internal string? SectionTitle { get; init; }

    /// <summary>Code of the section with its translations, which tell apart the sections of acts of an historique des remboursements.</summary>
    internal Concept SectionCode { get; init; } = Concept.Empty;

    /// <summary>The narrative of the section when it is no more than a sentence.</summary>
    internal string? SectionText { get; init; }

    /// <summary>Codes of the section and of those around it.</summary>
    internal IReadOnlyList<string> Sections { get; init; } = [];

    internal required string Position { get; init; }

    /// <summary>Nearest effective time around.</summary>
    internal FhirDate? Time { get; init; }

    internal EntryAuthor? Author { get; init; }

    /// <summary>What was sampled, or the germ that was isolated.</summary>
    internal Concept Specimen { get; init; } = Concept.Empty;

    internal bool IsLaboratory { get; init; }

    internal bool IsVitalSigns { get; init; }

    internal bool IsProblem { get; init; }

    internal bool IsReimbursement { get; init; }

    internal ConceptReader Concepts => Document.Concepts;

    internal string? TextOf(XElement? element) => Document.Narrative.TextOf(element);

    /// <summary>The scope of the statements inside <paramref name="statement"/>, the <paramref name="ordinal"/>th of them.</summary>
    internal EntryScope Inside(XElement statement, int ordinal)
    {
        var specimen = SpecimenOf(statement);
        return this with
        {
            Position = $"{Position}/{ordinal}",
            Time = CdaTime.StartOf(statement.Part("effectiveTime")) ?? Time,
            Author = CdaAuthors.AuthorOf(statement) ?? CdaAuthors.PerformerOf(statement) ?? Author,
            Specimen = specimen.Or(Specimen),
        };
    }

    internal EntryAuthor? AuthorOf(XElement statement) =>
        CdaAuthors.AuthorOf(statement) ?? CdaAuthors.PerformerOf(statement) ?? Author;

    internal EntryAuthor? PerformerOf(XElement statement) =>
        CdaAuthors.PerformerOf(statement) ?? CdaAuthors.AuthorOf(statement) ?? Author;

    /// <summary>Comments of an entry (IHE PCC comment act, LOINC 48767-8).</summary>
    internal string? CommentOf(XElement statement)
    {
        var comments = statement.Parts("entryRelationship").Select(relation => relation.Part("act"))
            .Where(act => act.Part("code").Attr("code") == "48767-8")
            .Select(act => TextOf(act.Part("text")))
            .OfType<string>();
        return string.Join('\n', comments) is { Length: > 0 } text ? text : null;
    }

    private Concept SpecimenOf(XElement statement)
    {
        var sampled = statement.Parts("specimen").Select(one => one.At("specimenRole", "specimenPlayingEntity", "code"))
            .FirstOrDefault(code => code is not null);
        // Specimen collection (IHE XD-LAB) stands beside the results it belongs to.
        sampled ??= statement.Parts("entryRelationship").Select(relation => relation.Part("procedure")).OfType<XElement>()
            .Select(procedure => procedure.At("participant", "participantRole", "playingEntity", "code"))
            .FirstOrDefault(code => code is not null);
        return Concepts.Read(sampled);
    }
}
