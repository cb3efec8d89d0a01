using System.CommandLine;
using System.Globalization;
using DmpFederation.LegacySystems;
using DmpFederation.LegacySystems.DossierPharmaceutique;
using DmpFederation.LegacySystems.Drip;
using DmpFederation.LegacySystems.FrancheComte;
using DmpFederation.LegacySystems.Insi;
using DmpFederation.LegacySystems.LabosRhoneAlpes;
using DmpFederation.LegacySystems.Picardie;
using DmpFederation.LegacySystems.ReseauDiabete;
using DmpFederation.LegacySystems.WebMedecin;
using DmpFederation.SyntheticFrance;

// Every legacy system of the demo, one line each.
LegacySystem[] systems =
[
    new(DossierPharmaceutiqueSystem.Name, (folder, day) => DossierPharmaceutiqueSystem.OpenWriter(folder, new ReferenceDay(day))),
    new(FrancheComteSystem.Name, (folder, _) => FrancheComteSystem.OpenWriter(folder), FrancheComteSystem.Build),
    new(PicardieSystem.Name, (folder, _) => PicardieSystem.OpenWriter(folder), PicardieSystem.Build),
    new(WebMedecinSystem.Name, (folder, _) => WebMedecinSystem.OpenWriter(folder), (host, folder) => WebMedecinSystem.Build(host, folder)),
    new(LabosRhoneAlpesSystem.Name, (folder, _) => LabosRhoneAlpesSystem.OpenWriter(folder)),
    new(ReseauDiabeteSystem.Name, ReseauDiabeteSystem.OpenWriter),
    new(InsiSystem.Name, (folder, _) => InsiSystem.OpenWriter(folder), InsiSystem.Build),
];

var data = new Option<DirectoryInfo>("--data") { Description = "Folder of the world; each system has its own below it.", Required = true };
var urls = new Option<string>("--urls") { Description = "Address to listen on, such as http://127.0.0.1:5107.", Required = true };
var patients = new Option<int>("--patients") { Description = "How many patients.", DefaultValueFactory = _ => 500 };
var seed = new Option<int>("--seed") { Description = "Seed of the world.", DefaultValueFactory = _ => 2009 };
var day = new Option<string?>("--today") { Description = "Reference day, yyyy-MM-dd; facts lie before it. Today when left out." };
day.Validators.Add(result =>
{
    if (result.Tokens is [var text] && !IsDay(text.Value, out _))
        result.AddError("--today must be a day written yyyy-MM-dd.");
});
patients.Validators.Add(result =>
{
    if (result.Tokens is [var text] && int.TryParse(text.Value, CultureInfo.InvariantCulture, out var count) && (count < 0 || count > World.Capacity))
        result.AddError($"--patients must lie between 0 and {World.Capacity}.");
});

var root = new RootCommand("The legacy systems of the demo world, each in its own format and protocol.");
foreach (var system in systems.Where(system => system.Build is not null))
{
    var serve = new Command(system.Name, $"Serves the system {system.Name}.") { data, urls };
    serve.TreatUnmatchedTokensAsErrors = false;
    serve.SetAction(async (parsed, cancellationToken) =>
    {
        string[] host = ["--urls", parsed.GetRequiredValue(urls), .. parsed.UnmatchedTokens];
        await using var app = system.Build!(host, Path.Combine(parsed.GetRequiredValue(data).FullName, system.Name));
        await app.RunAsync(cancellationToken);
        return 0;
    });
    root.Add(serve);
}

var generate = new Command("generate", "Writes a world into every system, with the truth about it.") { data, patients, seed, day };
generate.SetAction(async (parsed, cancellationToken) =>
{
    var written = await WorldGeneration.WriteAsync(
        systems, parsed.GetRequiredValue(data).FullName, parsed.GetValue(seed), parsed.GetValue(patients), DayOf(parsed), cancellationToken);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{parsed.GetValue(patients)} patients, {written.Facts} facts"));
    Console.WriteLine(string.Join(
        ", ", written.Writers.Select(writer => string.Create(CultureInfo.InvariantCulture, $"{writer.Name} {writer.Busy.TotalSeconds:0.0} s"))));
    return 0;
});
root.Add(generate);
foreach (var command in DripCommands.All(data, patients, seed, day, DayOf, TimeProvider.System))
    root.Add(command);

var result = root.Parse(args);
var code = await result.InvokeAsync();
return result.Errors.Count > 0 ? 2 : code;

DateOnly DayOf(ParseResult parsed) =>
    IsDay(parsed.GetValue(day), out var given) ? given : DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

static bool IsDay(string? text, out DateOnly value) =>
    DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out value);
