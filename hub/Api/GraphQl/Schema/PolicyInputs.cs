using System.ComponentModel;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Api.GraphQl.Execution;
using GraphQL;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>GraphQL input <c>ConsentInput</c>.</summary>
[Name("ConsentInput")]
[Description("One decision of the patient. It never changes; a later one takes its place.")]
internal sealed class ConsentInput
{
    [Description("What it is about.")]
    public ConsentAction Action { get; set; }

    [Description("What the patient decided.")]
    public ConsentChoice Decision { get; set; }

    [Description("To whom it applies; left out: PROFESSIONAL when `grantee` is given, else EVERYONE.")]
    public GranteeKind? GranteeKind { get; set; }

    [Id]
    [Description("PS_IdNat, STRUCT_IdNat or profession code (TRE_G15), as `granteeKind` says. Null for EVERYONE and CARE_TEAM.")]
    public string? Grantee { get; set; }

    [Id]
    [Description("Dossiers it is about; left out or empty: every dossier, present and future.")]
    public IReadOnlyList<string>? Sources { get; set; }

    [Description("In force until then; left out: no end.")]
    public DateTimeOffset? Until { get; set; }

    [Description("What proves it: number of the signed form, or how it was said. Required of a professional.")]
    public string? Evidence { get; set; }

    /// <exception cref="CodedError">Something in it cannot be meant.</exception>
    public Consent ToConsent(string collectedBy, DateTimeOffset now)
    {
        var kind = GranteeKind ?? (Grantee is null ? Access.Policy.GranteeKind.Everyone : Access.Policy.GranteeKind.Professional);
        var named = kind is Access.Policy.GranteeKind.Professional or Access.Policy.GranteeKind.Organization or Access.Policy.GranteeKind.Profession;
        if (named == string.IsNullOrWhiteSpace(Grantee))
        {
            var message = named ? "This kind of grantee needs 'grantee'." : "This kind of grantee takes no 'grantee'.";
            throw new CodedError(ProblemMap.BadRequest(message, "GRANTEE"));
        }
        if (Until <= now)
            throw new CodedError(ProblemMap.BadRequest("Field 'until' lies in the past.", "UNTIL"));
        return new Consent
        {
            Sequence = 0,
            Action = Action,
            Choice = Decision,
            Grantee = new Grantee(kind, named ? Grantee : null),
            Sources = Sources ?? [],
            Since = now,
            Until = Until,
            CollectedBy = collectedBy,
            Evidence = PolicyArgument.Text(Evidence, "evidence", 500),
        };
    }
}

/// <summary>GraphQL input <c>MaskTarget</c>: exactly one field.</summary>
[Name("MaskTarget")]
[Description("What a mask is laid on: exactly one of these.")]
internal sealed class MaskTargetInput
{
    [Id]
    [Description("One fact, by `Entry.id` or by the id of any of its origins.")]
    public string? EntryId { get; set; }

    [Description("Every document of a type and the facts out of it: `code` or `system|code`.")]
    public string? DocumentType { get; set; }

    [Id]
    [Description("Everything one professional wrote: PS_IdNat.")]
    public string? Author { get; set; }

    [Id]
    [Description("Everything of one stay or consultation: `Entry.id` of the encounter.")]
    public string? EpisodeId { get; set; }

    [Id]
    [Description("Everything of one dossier.")]
    public string? SourceId { get; set; }

    /// <exception cref="CodedError">None or several are given.</exception>
    public MaskTarget ToTarget()
    {
        (MaskTargetKind Kind, string? Id)[] given =
        [
            (MaskTargetKind.Entry, EntryId), (MaskTargetKind.DocumentType, DocumentType), (MaskTargetKind.Author, Author),
            (MaskTargetKind.Episode, EpisodeId), (MaskTargetKind.Source, SourceId),
        ];
        var named = Array.FindAll(given, static one => !string.IsNullOrWhiteSpace(one.Id));
        return named is [var only]
            ? new MaskTarget(only.Kind, PolicyArgument.Text(only.Id, "target", 200)!)
            : throw new CodedError(ProblemMap.BadRequest("Name exactly one target of the mask.", "MASK_TARGET"));
    }
}

/// <summary>Checks of texts and results that the policy's fields share.</summary>
internal static class PolicyArgument
{
    /// <exception cref="CodedError">It is too long.</exception>
    public static string? Text(string? text, string argument, int longest, int shortest = 0)
    {
        var trimmed = string.IsNullOrWhiteSpace(text) ? null : text.Trim();
        return (trimmed?.Length ?? 0) < shortest || trimmed?.Length > longest
            ? throw new CodedError(ProblemMap.BadRequest($"Argument '{argument}' must have {shortest} to {longest} characters.", "TEXT_LENGTH"))
            : trimmed;
    }

    /// <exception cref="CodedError">It is no INS.</exception>
    public static Identity.Ins Patient(InsArgument ins) => ins.Ins ?? throw new CodedError(ProblemMap.From(ins.Problem!));
}
