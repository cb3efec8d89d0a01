using System.Buffers.Text;
using System.ComponentModel;
using System.Globalization;
using System.Text;
using DmpFederation.Hub.Access.Traces;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Audit.Shown;
using GraphQL;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>GraphQL type <c>AccessLog</c>.</summary>
[Name("AccessLog")]
[Description("Who did what with a patient's dossier, newest first.")]
internal sealed class AccessLogView(AccessLogResult.Page page)
{
    [Description("The lines of this page.")]
    public IReadOnlyList<AccessLogLineView> Nodes { get; } =
        [.. page.Lines.Select(line => new AccessLogLineView(line, page.Reader))];

    [Id]
    [Description("Pass as `after` for the next page; null when this page is empty.")]
    public string? EndCursor => Nodes.Count == 0 ? null : Nodes[^1].Id;

    [Description("Whether older lines follow.")]
    public bool HasNext => page.HasNext;
}

/// <summary>GraphQL type <c>AccessLogLine</c>.</summary>
[Name("AccessLogLine")]
[Description("One access, or one that was refused. The reader is the person, never the hub.")]
internal sealed class AccessLogLineView(AuditLine line, LogReader reader)
{
    // Facts the reader may know of stand first in a line.
    private readonly int? shown = reader switch
    {
        LogReader.Officer => line.EntryCount,
        LogReader.Patient => line.EntryCount - AuditDetail.WithheldIn(line),
        _ => null,
    };

    [Id]
    [Description("Its place in the list.")]
    public string Id => AccessLogCursor.Print(new AuditPosition(line.At, line.Id));

    [Description("When.")]
    public DateTimeOffset At => DateTimeOffset.FromUnixTimeMilliseconds(line.At);

    [Description("The line in plain French.")]
    public string Sentence => AccessSentence.Of(line, shown);

    [Description("What was done, as a stable code such as DOSSIER_READ.")]
    public string Action => line.Action;

    [Description("How it ended.")]
    public AuditOutcome Outcome => Enum.TryParse<AuditOutcome>(line.Outcome, ignoreCase: true, out var outcome) ? outcome : AuditOutcome.Failed;

    [Description("Code of the refusal or fault; null when it was served.")]
    public string? Code => line.Code;

    [Description("The rule that decided; null when none did.")]
    public string? Rule => line.Rule;

    [Description("The person in words: name, profession, organisation.")]
    public string Person => AccessSentence.Who(line);

    [Id]
    [Description("National identifier of the professional, or subject of the token; null when nobody is known.")]
    public string? PersonId => line.ActorId;

    [Description("Profession in words; null when the person has none.")]
    public string? Profession => ProfessionWords.Of(line.Profession);

    [Description("Name of the organisation, or its number; null when none.")]
    public string? Organization => line.OrganizationName ?? line.OrganizationId;

    [Description("Portal or software the person used; null when not known.")]
    public string? Portal => line.ClientId;

    [Description("Why, as a code of `Purpose`; null when none was needed.")]
    public string? Purpose => line.Purpose;

    [Description("BRIS_DE_GLACE or CENTRE_15; null for a normal access.")]
    public string? Mode => line.Mode;

    [Description("What the professional wrote when breaking glass; null otherwise.")]
    public string? Reason => line.Reason;

    [Description("Facts shown; null where that would tell of what is hidden from the reader of this log.")]
    public int? EntryCount => shown;

    [Id]
    [Cost(items: 50)]
    [Description("Their ids. Empty when there are more than 1,000, or where they would tell of what is hidden from the reader of this log.")]
    public IReadOnlyList<string> Entries => shown is { } count ? [.. AuditedEntries.Print(line.EntryIds).Take(count)] : [];

    [Description("Header X-Correlation-Id of the answer.")]
    public string CorrelationId => line.CorrelationId;
}

/// <summary>How an access ended.</summary>
internal sealed class AccessOutcomeEnum() : DescribedEnum<AuditOutcome>("AccessOutcome", "How an access ended.", value => value switch
{
    AuditOutcome.Served => "It was answered.",
    AuditOutcome.Refused => "A rule refused it.",
    AuditOutcome.Failed => "It broke, and nothing was answered.",
    _ => throw new ArgumentOutOfRangeException(nameof(value)),
});

/// <summary>Position in an access log, in print.</summary>
internal static class AccessLogCursor
{
    public static string Print(AuditPosition position) =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(FormattableString.Invariant($"{position.At}.{position.Id}")));

    public static bool TryParse(string text, out AuditPosition position)
    {
        position = default;
        if (text.Length > 100 || !Base64Url.IsValid(text))
            return false;
        if (Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text)).Split('.') is not [var at, var id]
            || !long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var moment)
            || !long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;
        position = new AuditPosition(moment, number);
        return true;
    }
}
