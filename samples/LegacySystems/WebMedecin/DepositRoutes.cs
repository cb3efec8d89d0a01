using System.Text.Json;
using DmpFederation.SyntheticFrance.Care;
using Microsoft.Data.Sqlite;

namespace DmpFederation.LegacySystems.WebMedecin;

/// <summary>
/// Internal routes, by which the payer's own back office stores, corrects and withdraws lines while the service runs (README). Bodies are JSON; the
/// patient stands in them, never in the address. Browsers are refused: a page of the web must not write here.
/// </summary>
internal static class DepositRoutes
{
    internal static void Map(IEndpointRouteBuilder routes, ReimbursementRegister register)
    {
        routes.MapPost("/interne/assures", (HttpRequest request, CancellationToken stop) =>
            WriteAsync<PatientDeposit>(request, register, Known, stop));
        routes.MapPost("/interne/lignes", (HttpRequest request, CancellationToken stop) => WriteAsync<LineDeposit>(request, register, Added, stop));
        routes.MapPost("/interne/recherche", (HttpRequest request, CancellationToken stop) =>
            WriteAsync<PatientDeposit>(request, register, Found, stop));
        routes.MapPut("/interne/lignes/{numero:long}", (long numero, HttpRequest request, CancellationToken stop) =>
            WriteAsync<LineDeposit>(request, register, (connection, deposit) => Corrected(connection, numero, deposit), stop));
        routes.MapDelete("/interne/lignes/{numero:long}", (long numero, HttpRequest request) =>
            FromBrowser(request) ?? Withdrawn(register, numero));
    }

    private static IResult Known(SqliteConnection connection, PatientDeposit deposit)
    {
        if (deposit.ToPerson(out var fault) is not { } person)
            return Bad(fault!);
        if (ReimbursementRegister.Find(connection, deposit.Oid!, deposit.Matricule!) is not null)
            return Fault(StatusCodes.Status409Conflict, "ASSURE_CONNU", "The patient is known already.");
        using var deposits = new LineDeposits(connection);
        var number = deposits.Know(deposit.Oid!, deposit.Matricule!, person);
        deposits.Commit();
        return Results.Json(new { dossier = ReimbursementFile.Numbered(number) }, statusCode: StatusCodes.Status201Created);
    }

    private static IResult Added(SqliteConnection connection, LineDeposit deposit)
    {
        if (ReimbursementRegister.Find(connection, deposit.Oid ?? "", deposit.Matricule ?? "") is not { } patient)
            return Fault(StatusCodes.Status404NotFound, "ASSURE_INCONNU", "Make the patient known first (interne/assures).");
        if (deposit.ToLine(patient.Number, out var fault) is not { } line)
            return Bad(fault!);
        try
        {
            using var deposits = new LineDeposits(connection);
            var number = deposits.Add(line);
            deposits.Commit();
            return Results.Json(new { numero = number }, statusCode: StatusCodes.Status201Created);
        }
        catch (SqliteException clash) when (clash.IsConstraint())
        {
            return Fault(StatusCodes.Status409Conflict, "IDENTIFIANT_PRIS", "Another line has this identifiant.");
        }
    }

    private static IResult Found(SqliteConnection connection, PatientDeposit asked) =>
        ReimbursementRegister.Find(connection, asked.Oid ?? "", asked.Matricule ?? "") is not { } patient
            ? Fault(StatusCodes.Status404NotFound, "ASSURE_INCONNU", "The patient is not known.")
            : Results.Json(ReimbursementRegister.Lines(connection, patient.Number, DateOnly.MinValue, DateOnly.MaxValue).Select(line => new
            {
                numero = line.Number,
                nature = line.Nature,
                jour = ReimbursementRegister.Day(line.Day),
                systeme = line.System,
                code = line.Code,
                quantite = line.Quantity,
                identifiant = line.Identifier,
            }));

    private static IResult Corrected(SqliteConnection connection, long number, LineDeposit deposit)
    {
        if (ReimbursementRegister.Line(connection, number) is not { } before)
            return Gone();
        if (deposit.Correcting(before, out var fault) is not { } after)
            return Bad(fault!);
        using var deposits = new LineDeposits(connection);
        var stands = deposits.Correct(before, after);
        deposits.Commit();
        return Results.Json(new { numero = stands });
    }

    private static IResult Withdrawn(ReimbursementRegister register, long number)
    {
        if (!register.Exists)
            return Gone();
        using var connection = register.OpenForWriting();
        if (ReimbursementRegister.Line(connection, number) is not { } line)
            return Gone();
        using var deposits = new LineDeposits(connection);
        deposits.Withdraw(line);
        deposits.Commit();
        return Results.NoContent();
    }

    private static async Task<IResult> WriteAsync<T>(
        HttpRequest request, ReimbursementRegister register, Func<SqliteConnection, T, IResult> write, CancellationToken cancellationToken)
        where T : class
    {
        if (FromBrowser(request) is { } refused)
            return refused;
        T? deposit;
        try
        {
            deposit = await request.ReadFromJsonAsync<T>(cancellationToken);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            deposit = null;
        }
        if (deposit is null)
            return Bad("The body is not the JSON object expected.");
        using var connection = register.OpenForWriting();
        return write(connection, deposit);
    }

    private static IResult? FromBrowser(HttpRequest request) =>
        request.Headers.ContainsKey("Origin") ? Results.StatusCode(StatusCodes.Status403Forbidden) : null;

    private static IResult Gone() => Fault(StatusCodes.Status404NotFound, "LIGNE_INCONNUE", "There is no such line, or it was withdrawn.");

    private static IResult Bad(string reason) => Fault(StatusCodes.Status400BadRequest, "DEPOT_INVALIDE", reason);

    private static IResult Fault(int status, string code, string reason) => Results.Json(new { code, reason }, statusCode: status);
}
