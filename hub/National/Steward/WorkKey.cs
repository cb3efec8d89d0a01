using DmpFederation.Hub.Identity.Links;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.National.Steward;

/// <summary>What makes two disagreements the same.</summary>
internal readonly record struct WorkKey(string SourceId, PatientKey Patient, string? DocumentLocalId, string? RuleId)
{
    public static WorkKey Of(IdentityWorkItem item) => new(item.SourceId, item.Patient, item.DocumentLocalId, item.RuleId);

    /// <summary>Prints no identifier.</summary>
    public override string ToString() => $"WorkKey({SourceId})";
}
