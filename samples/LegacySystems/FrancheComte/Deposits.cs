using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.LegacySystems.FrancheComte;

/// <summary>The documents of a patient that the store was given, replaced and deleted ones included.</summary>
internal static class Deposits
{
    internal static IEnumerable<DocumentDeposit> Of(SyntheticPatient patient)
    {
        var held = patient.Facts
            .SelectMany(fact => fact.Origins.Where(origin => origin.SourceId == FrancheComteSystem.Name)
                .Select(origin => (Fact: fact, Origin: origin)))
            .ToList();
        // One fact may stand in several editions of a document: each origin names the document fact and, before '#', the document's id.
        var contents = held.Where(one => one.Fact.Kind != FactKind.Document)
            .ToLookup(one => one.Origin.LocalId[..one.Origin.LocalId.IndexOf('#', StringComparison.Ordinal)], StringComparer.Ordinal);
        var documents = held.Where(one => one.Fact.Kind == FactKind.Document).ToList();
        var idOf = documents.ToDictionary(one => one.Fact.Id, one => one.Origin.LocalId, StringComparer.Ordinal);
        var replacing = documents.Where(one => one.Fact.Replaces is not null)
            .ToDictionary(one => one.Fact.Replaces!, one => one.Origin.LocalId, StringComparer.Ordinal);
        foreach (var (fact, origin) in documents)
        {
            var corrected = replacing.GetValueOrDefault(fact.Id);
            yield return new DocumentDeposit(
                patient, fact, origin.LocalId, corrected is null ? [.. contents[origin.LocalId]] : [.. contents[corrected].Select(AsFirstWritten)])
            {
                Replaces = fact.Replaces is { } first ? idOf.GetValueOrDefault(first) : null,
                Status = origin.Withdrawn ? "Deleted" : corrected is null ? "Approved" : "Deprecated",
            };
        }
    }

    private static (SyntheticFact Fact, SyntheticOrigin Origin) AsFirstWritten((SyntheticFact Fact, SyntheticOrigin Origin) content) =>
        content.Origin.Erratum is { } value ? (content.Fact with { Value = value, Flag = "H" }, content.Origin) : content;
}
