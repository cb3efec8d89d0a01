using System.Globalization;
using System.Text.RegularExpressions;
using DmpFederation.Hub.Deposits;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Identity;
using DmpFederation.Hub.Migration.Orders;
using DmpFederation.Hub.Quarantine;

namespace DmpFederation.Hub.Api;

/// <summary>The only switch from the hub's outcomes to codes and HTTP status. No other place of the hub picks a code for a client.</summary>
internal static partial class ProblemMap
{
    public static Problem Unauthenticated { get; } =
        new(ErrorCodes.Unauthenticated, "A valid bearer token is required.", StatusCodes.Status401Unauthorized);

    /// <summary>A token that is not believed.</summary>
    /// <param name="rule">What is wrong with it (<see cref="Authentication.TokenFault"/>).</param>
    public static Problem TokenRefused(string rule) =>
        new(ErrorCodes.Unauthenticated, "A valid bearer token is required.", StatusCodes.Status401Unauthorized, rule);

    /// <summary>A token whose signature is right but whose claims do not say who asks.</summary>
    public static Problem UnusableToken(string rule) =>
        new(ErrorCodes.Unauthenticated, "The token does not say who asks.", StatusCodes.Status401Unauthorized, rule);

    /// <summary>A refusal by rule; it must not tell what exists.</summary>
    public static Problem AccessRefused(string rule) =>
        Refused(ErrorCodes.AccessRefused, rule);

    public static Problem BadRequest(string message, string? rule = null) =>
        new(ErrorCodes.BadRequest, message, StatusCodes.Status400BadRequest, rule);

    public static Problem TooDeep(int depth, int limit) => new(
        ErrorCodes.QueryTooDeep, $"The query nests {depth} levels deep; {limit} are allowed.", StatusCodes.Status400BadRequest);

    /// <summary>Nested so deep that nobody counted.</summary>
    public static Problem TooDeep(int limit) =>
        new(ErrorCodes.QueryTooDeep, $"The query nests too deep; {limit} levels are allowed.", StatusCodes.Status400BadRequest);

    public static Problem TooCostly(double cost, double limit) => new(
        ErrorCodes.QueryTooCostly,
        string.Create(CultureInfo.InvariantCulture, $"The query costs {cost:0}; {limit:0} is allowed. Select fewer fields or smaller pages."),
        StatusCodes.Status400BadRequest);

    public static Problem TooManyNodes(int limit) => new(
        ErrorCodes.QueryTooCostly, $"The document holds more than {limit} nodes.", StatusCodes.Status400BadRequest, "DOCUMENT_NODES");

    public static Problem TooManyConnections(int limit) => new(
        ErrorCodes.QueryTooCostly, $"{limit} connections are open already; try again later.", StatusCodes.Status503ServiceUnavailable, "CONNECTIONS");

    public static Problem TooManyOperations(int limit) => new(
        ErrorCodes.QueryTooCostly, $"{limit} operations run over this connection already.", StatusCodes.Status429TooManyRequests, "OPERATIONS");

    public static Problem MethodNotAllowed(string message) =>
        new(ErrorCodes.BadRequest, message, StatusCodes.Status405MethodNotAllowed, "METHOD");

    public static Problem NotAcceptable(string message) =>
        new(ErrorCodes.BadRequest, message, StatusCodes.Status406NotAcceptable, "ACCEPT");

    public static Problem UnsupportedMediaType(string message) =>
        new(ErrorCodes.BadRequest, message, StatusCodes.Status415UnsupportedMediaType, "CONTENT_TYPE");

    public static Problem TooLong(long limit) => new(
        ErrorCodes.BadRequest, $"The request is longer than {limit} bytes.", StatusCodes.Status413PayloadTooLarge, "BODY_LENGTH");

    /// <summary>A fault nobody foresaw. The detail stays in the log, under the correlation id.</summary>
    public static Problem Internal(string correlationId) =>
        new(ErrorCodes.Internal, "The hub failed to answer.", StatusCodes.Status500InternalServerError, CorrelationId: correlationId);

    /// <summary>The rule that failed; never the number.</summary>
    public static Problem From(InsProblem problem) =>
        new(ErrorCodes.InsInvalid, problem.Message, StatusCodes.Status400BadRequest, problem.Rule);

    /// <summary>What was done cannot be written down, so nothing is served.</summary>
    /// <param name="rule">Code of the store.</param>
    public static Problem AuditUnavailable(string? rule) => new(
        ErrorCodes.AuditUnavailable, "Nothing is served while the audit cannot be written.", StatusCodes.Status503ServiceUnavailable, rule);

    public static Problem From(DossierRefused refused) => Refused(refused.Code, refused.RuleId);

    /// <summary>A refusal about one patient's dossier or policy; it says nothing about what exists.</summary>
    public static Problem Refused(string code, string? rule) => code switch
    {
        ErrorCodes.AccessRefused => new(code, "Access is refused.", StatusCodes.Status403Forbidden, rule),
        ErrorCodes.ConsentRequired => new(code, "The patient's consent is required.", StatusCodes.Status403Forbidden, rule),
        ErrorCodes.DossierNotOpen => new(code, "The dossier is not open.", StatusCodes.Status403Forbidden, rule),
        ErrorCodes.BreakGlassRefused => new(code, "Break-glass is refused.", StatusCodes.Status403Forbidden, rule),
        ErrorCodes.Conflict => new(code, "The change does not fit the state.", StatusCodes.Status409Conflict, rule),
        ErrorCodes.NotFound => new(code, "There is no such thing.", StatusCodes.Status404NotFound, rule),
        ErrorCodes.AuditUnavailable => AuditUnavailable(rule),
        _ => new(code, "The request is refused.", StatusCodes.Status403Forbidden, rule),
    };

    /// <summary>Without the patient's decisions nobody can decide: nothing is shown.</summary>
    /// <param name="code">Code of the store's fault.</param>
    public static Problem PolicyUnavailable(string code) => new(
        ErrorCodes.PolicyUnavailable, "Nothing is served while the patients' decisions cannot be read.", StatusCodes.Status503ServiceUnavailable, code);

    public static Problem From(QuarantineRefusal refusal) => refusal.Code switch
    {
        ErrorCodes.AccessRefused => AccessRefused(refusal.Rule!),
        ErrorCodes.NotFound => new(ErrorCodes.NotFound, "There is no such item.", StatusCodes.Status404NotFound, refusal.Rule),
        ErrorCodes.Conflict => new(ErrorCodes.Conflict, "The item is not held any more.", StatusCodes.Status409Conflict, refusal.Rule),
        _ => new(ErrorCodes.QuarantineUnavailable, "The quarantine cannot be used now.", StatusCodes.Status503ServiceUnavailable, refusal.Rule),
    };

    /// <summary>An order or question about migrations that was not carried out.</summary>
    public static Problem From(MigrationRefusal refusal) => refusal.Code switch
    {
        ErrorCodes.AccessRefused => AccessRefused(refusal.Rule!),
        ErrorCodes.BadRequest => BadRequest(refusal.Message!, refusal.Rule),
        ErrorCodes.NotFound => new(ErrorCodes.NotFound, NotFoundMessage(refusal.Rule), StatusCodes.Status404NotFound, refusal.Rule),
        ErrorCodes.Conflict => new(
            ErrorCodes.Conflict, refusal.Message ?? "The order does not fit the migration's state.", StatusCodes.Status409Conflict, refusal.Rule),
        ErrorCodes.MigrationBlocked =>
            new(ErrorCodes.MigrationBlocked, refusal.Message!, StatusCodes.Status409Conflict, refusal.Rule) { Missing = refusal.Missing },
        _ => MigrationUnavailable(refusal.Rule!),
    };

    /// <param name="code">Code of the store's fault.</param>
    public static Problem MigrationUnavailable(string code) =>
        new(ErrorCodes.MigrationUnavailable, "The store of migrations cannot be used now.", StatusCodes.Status503ServiceUnavailable, code);

    /// <summary>A deposit, or an order about deliveries, that was not carried out.</summary>
    public static Problem From(DepositFault fault) => fault.Code switch
    {
        ErrorCodes.BadRequest => BadRequest(fault.Message!, fault.Rule),
        ErrorCodes.Conflict => new(ErrorCodes.Conflict, fault.Message!, StatusCodes.Status409Conflict, fault.Rule),
        ErrorCodes.NotFound => new(ErrorCodes.NotFound, fault.Message!, StatusCodes.Status404NotFound, fault.Rule),
        ErrorCodes.DepositUnavailable =>
            new(ErrorCodes.DepositUnavailable, "The store of deposits cannot be used now.", StatusCodes.Status503ServiceUnavailable, fault.Rule),
        _ => Refused(fault.Code, fault.Rule),
    };

    /// <summary>The gap a source leaves, or null when it leaves none (contract §5: a failed source is never an error of the whole answer).</summary>
    public static Problem? From(SourceAnswer answer) => answer.Status switch
    {
        SourceStatus.Answered or SourceStatus.UnknownPatient or SourceStatus.NotAsked or SourceStatus.NotAllowed => null,
        SourceStatus.Partial when answer.Reason == SourceReason.TraitsMismatch =>
            Gap(answer, ErrorCodes.SourcePartial, "Documents of a source name another person; they are kept out."),
        SourceStatus.Partial when answer.Reason == SourceReason.TraitsDisputed =>
            Gap(answer, ErrorCodes.SourcePartial, "Sources disagree on who this patient is, and the certified identity is not available."),
        SourceStatus.Quarantined when answer.Reason == SourceReason.TraitsMismatch =>
            Gap(answer, ErrorCodes.SourceQuarantined, "A source files somebody else under this patient's identifier; its data are kept out."),
        SourceStatus.Partial => Gap(answer, ErrorCodes.SourcePartial, "A source answered in part."),
        SourceStatus.TimedOut => Gap(answer, ErrorCodes.SourceTimedOut, "A source did not answer in time."),
        SourceStatus.CircuitOpen => Gap(answer, ErrorCodes.SourceCircuitOpen, "A source failed repeatedly and is left alone for a moment."),
        SourceStatus.Failed => Gap(answer, ErrorCodes.SourceFailed, "A source failed."),
        SourceStatus.Quarantined => Gap(answer, ErrorCodes.SourceQuarantined, "A source is shut until an operator has checked it."),
        _ => throw new ArgumentOutOfRangeException(nameof(answer), answer.Status, "Unknown source status."),
    };

    /// <summary>
    /// Hides what could be an identifier: parsers quote what they could not read, and an INS must not come back (contract §3).
    /// </summary>
    public static string WithoutNumbers(string message) => LongNumber().Replace(message, "…");

    private static string NotFoundMessage(string? what) => what switch
    {
        "SLICE" => "The migration has no such slice.",
        "MIGRATION" => "The migration of this source has not begun.",
        _ => "There is no such source.",
    };

    private static Problem Gap(SourceAnswer answer, string code, string message) =>
        new(code, message, StatusCodes.Status200OK, answer.Reason, SourceId: answer.SourceId);

    // Corsican numbers carry a letter; people write numbers in groups.
    [GeneratedRegex(@"\d(?:[ .\-]?[\dAB]){7,}", RegexOptions.CultureInvariant)]
    private static partial Regex LongNumber();
}
