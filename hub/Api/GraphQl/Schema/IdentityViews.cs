using System.ComponentModel;
using System.Globalization;
using DmpFederation.Hub.Access;
using DmpFederation.Hub.Api.GraphQl.Execution;
using DmpFederation.Hub.Identity;
using DmpFederation.Hub.Identity.Links;
using DmpFederation.Sdk;
using GraphQL;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>GraphQL type <c>IdentityWorkItem</c>.</summary>
[Name("IdentityWorkItem")]
[Description("A disagreement on identity that keeps something of a source out of a dossier. Holds no trait.")]
internal sealed class IdentityWorkItemView(IdentityWorkItem item)
{
    [Id]
    [Description("Id of the item.")]
    public string Id => item.Id.ToString(CultureInfo.InvariantCulture);

    [Id]
    [Description("The source.")]
    public string SourceId => item.SourceId;

    [Description("Identifier of the patient whose dossier was asked for, as `system|value`: the source files it under the same person.")]
    public string Patient => $"{item.Patient.System}|{item.Patient.Value}";

    [Description("The document that names another person; null when it is all of the source.")]
    public string? DocumentLocalId => item.DocumentLocalId;

    [Description("The rule that makes it another person (`IDV-2…`).")]
    public string? Rule => item.RuleId;

    [Description("Which traits differ, and by what rule.")]
    public IReadOnlyList<TraitDifferenceView> Differences => [.. item.Differences.Select(static difference => new TraitDifferenceView(difference))];

    [Description("First answer that met it.")]
    public DateTimeOffset FirstSeen => item.FirstSeen;

    [Description("Last answer that met it.")]
    public DateTimeOffset LastSeen => item.LastSeen;

    [Description("What became of it.")]
    public IdentityWorkState State => item.State;

    [Id]
    [Description("Who settled it; null while open.")]
    public string? SettledBy => item.SettledBy;

    [Description("When it was settled; null while open.")]
    public DateTimeOffset? SettledAt => item.SettledAt;

    [Description("What was done; null while open.")]
    public string? Comment => item.Comment;
}

/// <summary>GraphQL type <c>IdentityLink</c>.</summary>
[Name("IdentityLink")]
[Description("That an identifier is a person's.")]
internal sealed class IdentityLinkView(IdentityLink link)
{
    [Id]
    [Description("The hub's own number of the person.")]
    public string Person => link.Person.ToString();

    [Description("The identifier, as `system|value`.")]
    public string Identifier => $"{link.Key.System}|{link.Key.Value}";

    [Description("How sure.")]
    public IdentityStatus Status => link.Status;

    [Description("How it was verified.")]
    public string VerifiedBy => link.VerifiedBy;

    [Description("Since when.")]
    public DateTimeOffset Since => link.Since;

    [Id]
    [Description("Who linked it.")]
    public string LinkedBy => link.LinkedBy;

    [Description("When it was taken apart; null while it holds.")]
    public DateTimeOffset? Until => link.Until;

    [Id]
    [Description("Who took it apart; null while it holds.")]
    public string? UnlinkedBy => link.UnlinkedBy;

    [Description("Why; null while it holds.")]
    public string? UnlinkReason => link.UnlinkReason;
}

internal sealed class IdentityWorkStateEnum() : DescribedEnum<IdentityWorkState>(
    "IdentityWorkState", "What became of a disagreement on identity.", value => value switch
    {
        IdentityWorkState.Open => "Waits for an identity steward.",
        IdentityWorkState.Corrected => "The source was right, or has been corrected.",
        IdentityWorkState.AnotherPerson => "It is another person; the source has been told.",
        IdentityWorkState.Dismissed => "Nothing can be done.",
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    });

/// <summary>Reads arguments of the steward's fields, and turns refusals into coded errors.</summary>
internal static class IdentityArgument
{
    public static long ItemId(string text, string argument) => QuarantineArgument.ItemId(text, argument, "an item");

    /// <summary>An identifier with its system. That of an INS must have the right shape and key.</summary>
    public static PatientKey Key(string text)
    {
        var bar = text.LastIndexOf('|');
        if (bar < 1 || bar == text.Length - 1 || text.Length > 200)
            throw new CodedError(ProblemMap.BadRequest("An identifier is written system|value.", "IDENTIFIER"));
        var key = new PatientKey(text[..bar], text[(bar + 1)..]);
        return PatientKeySystems.IsIns(key.System) && Ins.Parse(text, key.System).Problem is { } problem
            ? throw new CodedError(ProblemMap.From(problem))
            : key;
    }

    public static T Value<T>(RoleAnswer<T> answer)
        where T : class => answer.Value ?? throw new CodedError(ProblemMap.Refused(answer.Code!, answer.RuleId));

    public static IReadOnlyList<IdentityLinkView> Links(RoleAnswer<IReadOnlyList<IdentityLink>> answer) =>
        [.. Value(answer).Select(static link => new IdentityLinkView(link))];
}
