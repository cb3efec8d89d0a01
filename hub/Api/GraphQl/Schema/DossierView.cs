using System.ComponentModel;
using DmpFederation.Hub.Api.GraphQl.Execution;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Federation.Pages;
using DmpFederation.Hub.Identity;
using GraphQL;
using GraphQLParser.AST;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>GraphQL type <c>Dossier</c>.</summary>
[Name("Dossier")]
[Description("One patient's merged record as the asker may see it.")]
internal sealed class DossierView(DossierAnswer answer)
{
    /// <summary>Largest page of entries.</summary>
    public const int MaxPage = 500;

    [Description("The identifier asked for.")]
    public Ins Ins => answer.Ins;

    [Description("Identity the hub holds; null when no certified identity is known.")]
    public PatientIdentityView? Patient => answer.Patient is { } traits ? new PatientIdentityView(traits, answer.Disagreements) : null;

    [Description("Facts, newest first, undated last.")]
    [Cost(items: 50, SizedBy = "first")]
    public EntryPageView Entries(
        [Description("Which facts; left out: all.")] EntryFilter? filter,
        [Description("Size of the page, 1 to 500.")][DefaultAstValue("50")] int? first,
        [Description("`endCursor` of the page before.")][Id] string? after,
        IResolveFieldContext context)
    {
        var page = PageOf(PageName(context.FieldAst), filter, first, after);
        // Only what was announced is in the audit, so only that is shown.
        return answer.Pages.TryGetValue(page.Name, out var announced)
            ? new EntryPageView(announced)
            : throw new InvalidOperationException("A page of facts was not announced to the audit.");
    }

    /// <summary>Name of the page a field shows.</summary>
    internal static string PageName(GraphQLField field) => field.Alias?.Name.StringValue ?? field.Name.StringValue;

    /// <summary>The page the arguments of <c>entries</c> ask for.</summary>
    /// <exception cref="CodedError">They are not usable.</exception>
    internal static EntryPageRequest PageOf(string name, EntryFilter? filter, int? first, string? after)
    {
        var size = PageSize(first);
        EntryCursor? cursor = null;
        if (after is not null && !EntryCursor.TryParse(after, out cursor))
            throw new CodedError(ProblemMap.BadRequest("Argument 'after' is not a cursor of this list.", "CURSOR"));
        return new EntryPageRequest(name, filter?.ToWish(), size, cursor);
    }

    /// <summary>Size of a page: what was asked for, or 50.</summary>
    /// <exception cref="CodedError">It lies out of bounds.</exception>
    internal static int PageSize(int? first) => (first ?? 50) is >= 1 and <= MaxPage and var size
        ? size
        : throw new CodedError(ProblemMap.BadRequest($"Argument 'first' must lie between 1 and {MaxPage}.", "PAGE_SIZE"));

    [Cost(items: 10)]
    [Description("What became of every configured source, ordered by id.")]
    public IReadOnlyList<SourceAnswerView> Sources => [.. answer.Sources.Select(static source => new SourceAnswerView(source))];

    [Description("The break-glass access this answer rests on: keep it visible while it lasts. Null for a normal access.")]
    public BreakGlassTicketView? BreakGlass => answer.Ticket is { } ticket ? new BreakGlassTicketView(ticket) : null;

    [Description("Every source that holds or may hold data answered wholly.")]
    public bool Complete => answer.Complete;
}

/// <summary>GraphQL type <c>EntryPage</c>.</summary>
[Name("EntryPage")]
[Description("One page of facts.")]
internal sealed class EntryPageView(EntryPage page)
{
    [Projected]
    [Description("The facts of this page.")]
    public IReadOnlyList<EntryView> Nodes { get; } = Views(page.Facts);

    [Id]
    [Description("Pass as `after` for the next page; null when this page is empty. It stays valid when facts are added or merged.")]
    public string? EndCursor => page.End?.ToString();

    [Description("Whether facts follow this page.")]
    public bool HasNext => page.HasNext;

    private static EntryView[] Views(IReadOnlyList<MergedEntry> facts)
    {
        var views = new EntryView[facts.Count];
        for (var index = 0; index < views.Length; index++)
            views[index] = new EntryView(facts[index]);
        return views;
    }
}

/// <summary>GraphQL type <c>SourceAnswer</c>.</summary>
[Name("SourceAnswer")]
[Description("One source's part in an answer: absence is never ambiguous.")]
internal sealed class SourceAnswerView(SourceAnswer answer)
{
    [Id]
    [Description("The source.")]
    public string SourceId => answer.SourceId;

    [Description("What became of it.")]
    public SourceStatus Status => answer.Status;

    [Description("Stable upper-case code that says why; null when it simply answered.")]
    public string? Reason => answer.Reason;

    [Description("Facts of this source shown to this asker.")]
    public int EntryCount => answer.EntryCount;

    [Description("Milliseconds from the first contact to its end or to the deadline; 0 when not contacted.")]
    public int ElapsedMs => (int)Math.Min(int.MaxValue, answer.Elapsed.TotalMilliseconds);

    [Description("State of the source the answer shows, when older than now.")]
    public DateTimeOffset? AsOf => answer.AsOf;

    [Description("Which store answered for the source.")]
    public Store ServedBy => answer.ServedBy;
}
