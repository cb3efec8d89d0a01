using System.Text;
using DmpFederation.SyntheticFrance.Model;
using Microsoft.AspNetCore.Http.Extensions;

namespace DmpFederation.LegacySystems.Insi;

/// <summary>
/// Stands in for the CNAM's téléservice INSi in its FHIR form: answers the certified identity of a person. One found, none, or several are
/// all a search set (answers 00, 01 and 02 of the téléservice).
/// </summary>
internal static class InsiSystem
{
    public const string Name = "insi";

    private const string Fhir = "application/fhir+json; charset=utf-8";

    public static IWorldWriter OpenWriter(string folder) => new InsiWorldWriter(folder);

    public static void Write(IEnumerable<SyntheticPatient> world, string folder)
    {
        using var writer = OpenWriter(folder);
        foreach (var patient in world)
            writer.Add(patient);
    }

    /// <param name="args">Host arguments, such as <c>--urls http://127.0.0.1:0</c>.</param>
    /// <param name="folder">Where the world was written.</param>
    public static WebApplication Build(string[] args, string folder)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(new PersonRegister(folder));
        var app = builder.Build();
        app.MapGet("/health", (PersonRegister persons) => Results.Json(new { status = "UP", persons = persons.Count() }));
        app.MapGet("/insi/Patient", (HttpRequest request, PersonRegister persons) => Answer(request, request.Query["identifier"].ToString(), persons));
        app.MapPost("/insi/Patient/_search", async (HttpRequest request, PersonRegister persons) =>
        {
            if (!request.HasFormContentType)
                return Refusal("The search parameters belong in a form body.", StatusCodes.Status415UnsupportedMediaType);
            var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
            return Answer(request, form["identifier"].ToString(), persons);
        });
        return app;
    }

    private static IResult Answer(HttpRequest request, string identifier, PersonRegister persons)
    {
        var bar = identifier.IndexOf('|', StringComparison.Ordinal);
        if (bar <= 0 || bar == identifier.Length - 1)
            return Refusal("The parameter identifier is needed, as system|value.", StatusCodes.Status400BadRequest);

        var found = persons.Find(identifier[..bar], identifier[(bar + 1)..]);
        var root = UriHelper.BuildAbsolute(request.Scheme, request.Host);
        return Results.Bytes(Encoding.UTF8.GetBytes(PersonResources.SearchSet(found, root)), Fhir);
    }

    private static IResult Refusal(string reason, int status) =>
        Results.Text(PersonResources.OperationOutcome(reason), Fhir, Encoding.UTF8, status);
}
