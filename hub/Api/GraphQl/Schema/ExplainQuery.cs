using System.ComponentModel;
using DmpFederation.Hub.Access;
using DmpFederation.Hub.Access.Rules;
using DmpFederation.Hub.Api.GraphQl.Execution;
using DmpFederation.Hub.Federation.Masking;
using GraphQL;
using MediatR;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>Why somebody sees something, or does not.</summary>
internal sealed partial class DossierQuery
{
    [Cost(self: 2_000)]
    [Description("Whether a reader sees an entry, and by which rule: the rules that answer `dossier` say so. Patient (own dossier) and data protection officer.")]
    public static async Task<DecisionView> ExplainAsync(
        [Description("The patient.")] InsArgument ins,
        [Description("The entry.")][Id] string entryId,
        [Description("The professional it is about; left out: the patient's own sight. The data protection officer names one.")] ViewerInput? viewer,
        IResolveFieldContext context,
        [FromServices] IMediator mediator)
    {
        if (viewer is null && context.Actor().Role == ActorRole.Dpo)
            throw new CodedError(ProblemMap.BadRequest("Name the professional it is about.", "VIEWER"));
        var request = new ExplainEntry(context.Actor(), PolicyArgument.Patient(ins), entryId, viewer?.ToActor());
        return await mediator.Send(request, context.CancellationToken) switch
        {
            ExplainResult.Explained explained => new DecisionView(explained.Verdict),
            ExplainResult.Refused refused => throw new CodedError(ProblemMap.Refused(refused.Code, refused.RuleId)),
            _ => throw new InvalidOperationException("The family of explanations is closed."),
        };
    }
}

/// <summary>GraphQL input <c>Viewer</c>: a professional as a token would state them.</summary>
[Name("Viewer")]
[Description("A professional in a situation d'exercice.")]
internal sealed class ViewerInput
{
    [Id]
    [Description("PS_IdNat.")]
    public string Professional { get; set; } = "";

    [Description("Profession (TRE_G15), such as `10` or `21`.")]
    public string Profession { get; set; } = "";

    [Description("Savoir-faire, such as `SM26`; left out: none.")]
    public string? Specialty { get; set; }

    [Id]
    [Description("STRUCT_IdNat of the structure; left out: none.")]
    public string? Organization { get; set; }

    public Actor ToActor() => new()
    {
        Role = ActorRole.Professional,
        Id = PolicyArgument.Text(Professional, "professional", 200, 1)!,
        Profession = PolicyArgument.Text(Profession, "profession", 20, 1),
        Specialty = Specialty,
        OrganizationId = Organization,
    };
}

/// <summary>GraphQL type <c>Decision</c>.</summary>
[Name("Decision")]
[Description("Whether a reader sees an entry, and why.")]
internal sealed class DecisionView(EntryVerdict verdict)
{
    [Description("Whether it is seen.")]
    public bool Allowed => verdict.Visible;

    [Id]
    [Description("The rule that decides (hub/Access/README.md).")]
    public string Rule => verdict.RuleId;

    [Description("The rule in plain French.")]
    public string Text => RuleTexts.Of(verdict.RuleId);
}
