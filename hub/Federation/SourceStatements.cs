using DmpFederation.Sdk;

namespace DmpFederation.Hub.Federation;

/// <summary>Whom one source says it files one patient's facts under.</summary>
/// <param name="SourceId">The source.</param>
/// <param name="Found">Its statements; empty when it holds no traits.</param>
internal readonly record struct SourceStatements(string SourceId, IReadOnlyList<PatientFound> Found);
