using DmpFederation.Hub.Access;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Identity;
using DmpFederation.Sdk;
using MediatR;

namespace DmpFederation.Hub.Federation.Overlap;

/// <summary>
/// Measures what the sources share over a list of patients, with the real federation. Only figures leave: no identity and no fact, so it opens no
/// dossier (rule ACC-130); small counts are shown, since only national operators see them.
/// </summary>
/// <param name="Actor">Who asks.</param>
/// <param name="Patients">Whom over; each counts once. Read as it comes, fifty at a time.</param>
internal sealed record MeasureOverlap(Actor Actor, IAsyncEnumerable<Ins> Patients) : IRequest<OverlapResult>, IAudited<OverlapResult>
{
    public IReadOnlyList<AuditRecord> Records(OverlapResult response) => response switch
    {
        OverlapResult.Measured measured =>
        [
            Line with
            {
                Rule = AccessRules.FiguresOfSourcesForNationalOperators,
                Detail = FormattableString.Invariant($"PATIENTS={measured.Report.Patients}"),
            },
        ],
        OverlapResult.Refused refused =>
            [Line with { Outcome = AuditOutcome.Refused, Code = AccessDecision.Refused.AccessRefused, Rule = refused.RuleId }],
        _ => throw new InvalidOperationException("The family of overlap results is closed."),
    };

    public IReadOnlyList<AuditRecord> Attempted() => [Line];

    private AuditRecord Line => new()
    {
        Action = AuditAction.OverlapMeasured,
        Actor = AuditedActor.Of(Actor),
        Purpose = AuditCode.Of(Purpose.Stewardship),
    };
}

/// <summary>The figures, or the refusal. The family is closed.</summary>
internal abstract record OverlapResult
{
    private OverlapResult()
    {
    }

    internal sealed record Measured(OverlapReport Report) : OverlapResult;

    /// <param name="RuleId">The rule that refused.</param>
    internal sealed record Refused(string RuleId) : OverlapResult;
}

/// <summary>What the sources share.</summary>
/// <param name="Patients">Patients read.</param>
/// <param name="Incomplete">Patients of whom some source did not answer wholly: the figures may be too small.</param>
/// <param name="Facts">Merged facts.</param>
/// <param name="Sources">Each source that holds a fact, by id.</param>
/// <param name="Pairs">Each pair of these, also without a common fact, by ids.</param>
internal sealed record OverlapReport(
    int Patients, int Incomplete, long Facts, IReadOnlyList<SourceShare> Sources, IReadOnlyList<SourcePair> Pairs);

/// <summary>One source's part.</summary>
/// <param name="SourceId">The source.</param>
/// <param name="Facts">Facts it holds.</param>
/// <param name="Alone">Those nobody else holds.</param>
/// <param name="Copies">Entries it holds beyond one a fact: it states these facts more than once.</param>
internal sealed record SourceShare(string SourceId, long Facts, long Alone, long Copies);

/// <summary>What two sources share.</summary>
/// <param name="First">The source with the smaller id.</param>
/// <param name="Second">The other.</param>
/// <param name="Categories">By category, those with a common fact, most first.</param>
/// <param name="FirstFacts">Facts the first holds.</param>
/// <param name="SecondFacts">Facts the second holds.</param>
internal sealed record SourcePair(string First, string Second, IReadOnlyList<CategoryOverlap> Categories, long FirstFacts, long SecondFacts)
{
    /// <summary>Facts held by both.</summary>
    public long Facts => Categories.Sum(static category => category.Facts);

    /// <summary>Of them, those on which the two disagree in some field.</summary>
    public long Conflicting => Categories.Sum(static category => category.Conflicting);

    /// <summary>Of them, those on which the two agree: pure repetition.</summary>
    public long Agreeing => Facts - Conflicting;

    /// <summary>Common facts of all the first holds; 0 to 1.</summary>
    public double ShareOfFirst => FirstFacts == 0 ? 0 : (double)Facts / FirstFacts;

    /// <summary>Common facts of all the second holds; 0 to 1.</summary>
    public double ShareOfSecond => SecondFacts == 0 ? 0 : (double)Facts / SecondFacts;
}

/// <summary>Common facts of one category.</summary>
internal sealed record CategoryOverlap(EntryCategory Category, long Facts, long Conflicting);
