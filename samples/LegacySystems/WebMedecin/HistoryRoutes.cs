using System.Globalization;
using System.Xml.Linq;
using DmpFederation.SyntheticFrance.Care;
using Microsoft.Data.Sqlite;

namespace DmpFederation.LegacySystems.WebMedecin;

/// <summary>The service's protocol for readers. Whoever is asked about stands in the form, never in the address.</summary>
internal static class HistoryRoutes
{
    internal static readonly XNamespace Ns = "urn:web-medecin:historique:2009";

    private const int MostPerPage = 1000;

    internal static void Map(IEndpointRouteBuilder routes, ReimbursementRegister register, TimeProvider clock)
    {
        routes.MapGet("/sante", () => register.Exists ? Results.Text("OK") : Results.StatusCode(StatusCodes.Status503ServiceUnavailable));
        Post("/historique", (connection, form) => Patient(connection, form) is { } patient ? Periods(patient, Today()) : Unknown());
        Post("/document", (connection, form) => Patient(connection, form) is { } patient
            ? Document(connection, patient, form["document"].ToString(), Today(), clock.GetUtcNow())
            : Unknown());
        Post("/assures", (connection, form) => Counted(form, out var count)
            ? Xml(new XElement(Ns + "assures", ReimbursementRegister.List(connection, form["apres"].ToString(), count).Select(one => new XElement(
                Ns + "assure", new XAttribute("oid", one.Oid), new XAttribute("matricule", one.Matricule)))))
            : Bad());
        Post("/modifications", (connection, form) =>
            long.TryParse(form["apres"], NumberStyles.None, CultureInfo.InvariantCulture, out var after) && Counted(form, out var count)
                ? Xml(ChangeList.Of(connection, after, count, Today(), clock.GetUtcNow()))
                : Bad());

        DateOnly Today() => DateOnly.FromDateTime(ParisDay.Of(clock.GetUtcNow()));

        void Post(string path, Func<SqliteConnection, IFormCollection, IResult> answer) => routes.MapPost(path, async (HttpRequest request) =>
        {
            if (!request.HasFormContentType)
                return Bad();
            var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
            using var connection = register.OpenForReading();
            return answer(connection, form);
        });
    }

    internal static IResult Error(int status, string code) => Xml(new XElement(Ns + "erreur", new XAttribute("code", code)), status);

    private static Insured? Patient(SqliteConnection connection, IFormCollection form) =>
        ReimbursementRegister.Find(connection, form["oid"].ToString(), form["matricule"].ToString());

    private static IResult Periods(Insured patient, DateOnly today) => Xml(new XElement(
        Ns + "periodes",
        new XAttribute("dossier", ReimbursementFile.Numbered(patient.Number)),
        HistoryPeriod.Shown(today).Select(period => new XElement(
            Ns + "periode",
            new XAttribute("debut", ReimbursementRegister.Day(period.From)),
            new XAttribute("fin", ReimbursementRegister.Day(period.To)),
            new XAttribute("document", HistoryDocument.NameOf(patient, period))))));

    private static IResult Document(SqliteConnection connection, Insured patient, string name, DateOnly today, DateTimeOffset now)
    {
        if (HistoryPeriod.Shown(today).FirstOrDefault(one => HistoryDocument.NameOf(patient, one) == name) is not { } period)
            return Error(StatusCodes.Status404NotFound, "DOCUMENT_INCONNU");
        var lines = ReimbursementRegister.Lines(connection, patient.Number, period.From, period.To);
        return Results.Bytes(HistoryDocument.Write(patient, period, lines, now), "text/xml");
    }

    private static bool Counted(IFormCollection form, out int count) =>
        int.TryParse(form["nombre"], NumberStyles.None, CultureInfo.InvariantCulture, out count) && count is > 0 and <= MostPerPage;

    private static IResult Unknown() => Error(StatusCodes.Status404NotFound, "ASSURE_INCONNU");

    private static IResult Bad() => Error(StatusCodes.Status400BadRequest, "DEMANDE_INVALIDE");

    private static IResult Xml(XElement body, int status = StatusCodes.Status200OK) =>
        Results.Text(body.ToString(SaveOptions.DisableFormatting), "text/xml", System.Text.Encoding.UTF8, status);
}
