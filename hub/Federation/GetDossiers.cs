using DmpFederation.Hub.Access;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Federation.Pages;
using DmpFederation.Hub.Identity;
using DmpFederation.Sdk;
using MediatR;

namespace DmpFederation.Hub.Federation;

/// <summary>Asks for the merged dossiers of one or more patients; at most one call per source.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="Patients">Whom about, each once. The results come in this order.</param>
/// <param name="Purpose">Why; null takes the role's default (contract §4).</param>
/// <param name="Scope">What the query can show at most, so that sources that hold none of it are not asked.</param>
internal sealed record GetDossiers(Actor Actor, IReadOnlyList<Ins> Patients, Purpose? Purpose, DossierScope Scope)
    : IRequest<IReadOnlyList<DossierResult>>, IRequireDecision, IAudited<IReadOnlyList<DossierResult>>
{
    /// <inheritdoc/>
    public string? Ticket { get; init; }

    /// <summary>Made before the handler runs; a refused patient is not planned for.</summary>
    public AccessDecisions Decisions { get; } = new();

    public IReadOnlyList<AuditRecord> Records(IReadOnlyList<DossierResult> response) => DossierLines.Of(this, response);

    public IReadOnlyList<AuditRecord> Attempted() => DossierLines.Attempted(this);
}

/// <summary>The widest selection a query needs.</summary>
/// <param name="Entries">False when no entry is selected: then no source is asked for entries.</param>
/// <param name="Categories">Categories wanted; empty for all.</param>
/// <param name="Sources">Sources wanted; empty for all.</param>
/// <param name="From">Earliest clinical date; null for no bound.</param>
/// <param name="To">Latest clinical date; null for no bound.</param>
internal sealed record DossierScope(
    bool Entries, IReadOnlyList<EntryCategory> Categories, IReadOnlyList<string> Sources, FhirDate? From = null, FhirDate? To = null)
{
    /// <summary>Everything.</summary>
    public static DossierScope All { get; } = new(true, [], []);

    /// <summary>The pages of facts the query shows; none shows no fact.</summary>
    public IReadOnlyList<EntryPageRequest> Pages { get; init; } = [];
}

/// <summary>A dossier, or the reason why it is refused. The family is closed: <see cref="DossierAnswer"/>, <see cref="DossierRefused"/>.</summary>
internal abstract record DossierResult;

/// <summary>The merged record as this asker may see it.</summary>
/// <param name="Ins">The identifier asked for.</param>
/// <param name="Patient">Identity the hub holds; null when no certified identity is known.</param>
/// <param name="Entries">Newest first, undated last; ties broken by entry id.</param>
/// <param name="Sources">Every configured source, ordered by id.</param>
internal sealed record DossierAnswer(
    Ins Ins, PatientTraits? Patient, IReadOnlyList<MergedEntry> Entries, IReadOnlyList<SourceAnswer> Sources) : DossierResult
{
    /// <summary>Sources that state other traits than this patient's, what is kept out and what is tolerated. Empty when all agree.</summary>
    public IReadOnlyList<IdentityDisagreement> Disagreements { get; init; } = [];

    /// <summary>
    /// Sources the query leaves out that were asked all the same, to learn what must be hidden. For the audit; nothing of them is shown.
    /// </summary>
    public IReadOnlyList<string> AskedBeside { get; init; } = [];

    /// <summary>The break-glass access it rests on; null for a normal one. It must stay visible while it lasts (EX_0.3-1050).</summary>
    public BreakGlassTicket? Ticket { get; init; }

    /// <summary>The pages the query shows, by their names: exactly the facts that leave the hub.</summary>
    public IReadOnlyDictionary<string, EntryPage> Pages { get; private init; } = new Dictionary<string, EntryPage>();

    /// <summary>The same answer with its pages cut.</summary>
    public DossierAnswer WithPages(IReadOnlyList<EntryPageRequest> requests) => requests.Count == 0
        ? this
        : this with { Pages = requests.ToDictionary(static request => request.Name, request => EntryPage.Of(Entries, request)) };

    /// <summary>Every source that holds or may hold data answered wholly.</summary>
    public bool Complete => Sources.All(static source => source.IsComplete);
}

/// <summary>A refusal. Says nothing about what exists.</summary>
/// <param name="Code">Contract §5: <c>ACCESS_REFUSED</c>, <c>CONSENT_REQUIRED</c>, …</param>
/// <param name="RuleId">The rule that refused.</param>
internal sealed record DossierRefused(string Code, string RuleId) : DossierResult;
