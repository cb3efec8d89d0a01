using DmpFederation.PartnerPortal.Hub;

namespace DmpFederation.PartnerPortal.Wording;

/// <summary>How a source stands in an answer.</summary>
public enum SourceStanding
{
    /// <summary>All it holds is here.</summary>
    Answered,

    /// <summary>Nothing is missing because of it.</summary>
    Nothing,

    /// <summary>Something may be missing.</summary>
    Gap,
}

/// <summary>One source's part in an answer, in plain French.</summary>
public sealed record SourceSentence(string SourceId, string Name, SourceStanding Standing, string Text)
{
    public static SourceSentence Of(SourceAnswer answer, IReadOnlyDictionary<string, string> names)
    {
        var (standing, text) = Words(answer);
        return new SourceSentence(answer.SourceId, names.GetValueOrDefault(answer.SourceId) ?? answer.SourceId, standing, text);
    }

    private static (SourceStanding, string) Words(SourceAnswer answer) => answer.Status switch
    {
        "ANSWERED" => (SourceStanding.Answered, $"a répondu : {Facts(answer.EntryCount)}{AsOf(answer.AsOf)}"),
        "UNKNOWN_PATIENT" => (SourceStanding.Nothing, "ne connaît pas ce patient"),
        "PARTIAL" => (SourceStanding.Gap, $"a répondu en partie : {Facts(answer.EntryCount)}, {Reason(answer.Reason)}"),
        "TIMED_OUT" => (SourceStanding.Gap, $"n'a pas répondu : {Reason(answer.Reason ?? "DEADLINE")}"),
        "CIRCUIT_OPEN" => (SourceStanding.Gap, "n'a pas été sollicité : ses derniers appels ont échoué"),
        "FAILED" => (SourceStanding.Gap, $"n'a pas répondu : {Reason(answer.Reason)}"),
        "QUARANTINED" => (SourceStanding.Gap, "est écarté par sécurité : il a donné des informations d'un autre patient"),
        "NOT_ALLOWED" => (SourceStanding.Gap, "n'a pas été consulté : vos droits ne le permettent pas"),
        "NOT_ASKED" => NotAsked(answer.Reason),
        var other => (SourceStanding.Gap, $"est dans un état que ce portail ne connaît pas ({other})"),
    };

    private static (SourceStanding, string) NotAsked(string? reason) => reason switch
    {
        "CATEGORY_NOT_HELD" => (SourceStanding.Nothing, "ne contient pas ce type d'information"),
        "FILTERED" or "NO_ENTRY_SELECTED" => (SourceStanding.Nothing, "n'a pas été demandé"),
        _ => (SourceStanding.Gap, $"n'a pas été interrogé : {Reason(reason)}"),
    };

    private static string Reason(string? code) => code switch
    {
        null => "sans raison donnée",
        "DEADLINE" or "TIMEOUT" or "SOURCE_TIMEOUT" => "délai dépassé (DEADLINE)",
        "UNREACHABLE" => "injoignable (UNREACHABLE)",
        "REFUSED" => "il refuse l'accès au service fédérateur (REFUSED)",
        "ERROR_STATUS" => "il est en erreur (ERROR_STATUS)",
        "BAD_ANSWER" => "sa réponse n'a pas pu être lue (BAD_ANSWER)",
        "TOO_LARGE" => "sa réponse dépasse la taille admise (TOO_LARGE)",
        "UNREADABLE" => "certaines informations n'ont pas pu être lues (UNREADABLE)",
        "WRONG_PATIENT" => "il a donné des informations d'un autre patient (WRONG_PATIENT)",
        "DISABLED" => "il est désactivé (DISABLED)",
        _ => $"motif {code}",
    };

    private static string Facts(int count) => count switch
    {
        0 => "aucune information",
        1 => "1 information",
        _ => $"{count} informations",
    };

    private static string AsOf(DateTimeOffset? moment) =>
        moment is { } known ? $", à jour au {DateText.Of(known.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))}" : "";
}
