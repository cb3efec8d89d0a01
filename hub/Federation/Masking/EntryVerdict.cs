namespace DmpFederation.Hub.Federation.Masking;

/// <summary>Whether an entry stands in a reader's answer, and the rule that decides it.</summary>
/// <param name="Visible">True when it does.</param>
/// <param name="RuleId">The rule (ENT-…); hub/Access/README.md explains each.</param>
internal readonly record struct EntryVerdict(bool Visible, string RuleId);
