using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.LegacySystems.FrancheComte;

/// <summary>A document as its author deposits it.</summary>
/// <param name="Patient">Whom it is about.</param>
/// <param name="Fact">The document.</param>
/// <param name="UniqueId"><c>root</c> or <c>root^extension</c>.</param>
/// <param name="Contents">The facts it holds, with their ids in it.</param>
internal sealed record DocumentDeposit(
    SyntheticPatient Patient, SyntheticFact Fact, string UniqueId, IReadOnlyList<(SyntheticFact Fact, SyntheticOrigin Origin)> Contents)
{
    /// <summary>The identity this store files the patient under.</summary>
    internal RecordedIdentity Identity { get; } = Patient.RecordedIdentity(FrancheComteSystem.Name);

    internal DocumentKind Kind { get; } = DocumentKind.Of(Fact.Codes[0]);

    /// <summary>uniqueId of the document this one replaces. Null for the first of its series.</summary>
    internal string? Replaces { get; init; }

    /// <summary>uniqueId of the first document of the series, which is the series' id.</summary>
    internal string Series => Replaces ?? UniqueId;

    internal int Version => Replaces is null ? 1 : 2;

    /// <summary>Approved, Deprecated or Deleted.</summary>
    internal string Status { get; init; } = "Approved";
}
