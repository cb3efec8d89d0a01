using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CiSisCda.Extraction;

/// <summary>Where the facts of a document belong.</summary>
/// <param name="FiledUnder">The key the store files the document under.</param>
/// <param name="DocumentLocalId">Its uniqueId; null when the source shows no document, only the facts.</param>
/// <param name="Subject">The patient written in the document, under the same system as asked. Null when it names none there.</param>
/// <param name="Confidentiality">Codes of the metadata: masking lives there and holds for every fact (domain rule of the DMP).</param>
/// <param name="Version">Version of the document. Null when not stated.</param>
internal sealed record DocumentContext(
    PatientKey FiledUnder, string? DocumentLocalId, PatientKey? Subject, IReadOnlyList<Coding> Confidentiality, string? Version);
