using System.Globalization;
using System.Xml.Linq;
using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CiSisCda.Extraction.Reimbursement;

/// <summary>
/// What the lines of an historique des remboursements have in common. Nothing here depends on the document around the line: the same line in two
/// documents is one fact, to the byte.
/// </summary>
internal sealed class ReimbursedLine
{
    /// <summary>Who pays, for the resources that must name it.</summary>
    internal const string Insurer = "Assurance maladie";

    private readonly XElement supply;

    internal ReimbursedLine(XElement statement, EntryScope scope)
    {
        Statement = statement;
        Scope = scope;
        supply = statement.Parts("entryRelationship").Select(relation => relation.Part("supply")).FirstOrDefault(one => one is not null) ?? statement;
        Quantity = Quantity.Of(supply.Part("quantity"));
        Provider = CdaAuthors.PerformerOf(statement) ?? CdaAuthors.PerformerOf(supply);
        Prescriber = CdaAuthors.AuthorOf(supply);
    }

    internal XElement Statement { get; }

    internal EntryScope Scope { get; }

    /// <summary>As written; its unit is stated nowhere in CNAM-HR. Null when not stated.</summary>
    internal Quantity? Quantity { get; }

    /// <summary>Who dispensed, acted or kept the patient.</summary>
    internal EntryAuthor? Provider { get; }

    internal EntryAuthor? Prescriber { get; }

    /// <summary>Day of delivery: the dates of treatment are null there (UNK), the usable one is that of the supply's performer.</summary>
    internal FhirDate? Delivered => CdaTime.StartOf(supply.Part("performer").Part("time"))
        ?? Statement.Parts("effectiveTime").Select(CdaTime.StartOf).FirstOrDefault(time => time is not null)
        ?? CdaTime.StartOf(supply.Part("author").Part("time"));

    /// <summary>Start of an act or stay.</summary>
    internal FhirDate? Start => CdaTime.StartOf(Statement.Part("effectiveTime")) ?? Delivered;

    internal FhirDate? End => CdaTime.HighOf(Statement.Part("effectiveTime"));

    /// <summary>True when single units were handed over out of an opened package (TA_ASIP MED-559): the quantity then counts no boxes.</summary>
    internal bool IsOpened => Statement.Parts("entryRelationship").Select(relation => relation.Part("observation"))
        .Any(one => one.Part("code").Attr("code") == "MED-559" && one.Part("value").Attr("value") is "true" or "1");

    /// <summary>The prescriber and the day of the prescription, in words; null when nobody is named.</summary>
    internal string? PrescribedBy => (Prescriber?.Name ?? Prescriber?.OrganizationName) is not { } who ? null
        : CdaTime.StartOf(supply.Part("author").Part("time")) is { Day: { } day }
            ? string.Create(CultureInfo.InvariantCulture, $"Prescrit par {who} le {day:dd/MM/yyyy}")
            : $"Prescrit par {who}";

    /// <summary>What the line's own text says when it has no code.</summary>
    internal Concept Named(Concept item) => item.IsEmpty ? item.WithText(Scope.TextOf(Statement.Part("text"))) : item;

    /// <summary>A date to the day: lines are of a day, and a moment without need would tell two readings of it apart.</summary>
    internal static FhirDate? ToDay(FhirDate? date) => date is { Precision: DatePrecision.Instant, Day: { } day } ? FhirDate.FromDay(day) : date;
}
