using System.CommandLine;
using System.Globalization;
using DmpFederation.LegacySystems.DossierPharmaceutique;
using DmpFederation.LegacySystems.FrancheComte;
using DmpFederation.LegacySystems.LabosRhoneAlpes;
using DmpFederation.LegacySystems.Picardie;
using DmpFederation.LegacySystems.ReseauDiabete;
using DmpFederation.LegacySystems.WebMedecin;

namespace DmpFederation.LegacySystems.Drip;

/// <summary>The verbs of a world that goes on: <c>drip</c> lets it, <c>truth</c> tells how it stands.</summary>
internal static class DripCommands
{
    private static readonly TimeSpan AnswerOfTheWebMedecin = TimeSpan.FromSeconds(10);

    /// <param name="data">Folder of the world.</param>
    /// <param name="patients">As the world was written.</param>
    /// <param name="seed">As the world was written.</param>
    /// <param name="day">Reference day the world was written for.</param>
    /// <param name="dayOf">What was given of it, or today.</param>
    /// <param name="clock">Dates what happens.</param>
    public static IEnumerable<Command> All(
        Option<DirectoryInfo> data, Option<int> patients, Option<int> seed, Option<string?> day, Func<ParseResult, DateOnly> dayOf, TimeProvider clock)
    {
        var every = new Option<double>("--every")
        {
            Description = "Seconds between two events, 0.05 for instance; 0 for as fast as can be.",
            DefaultValueFactory = _ => 10,
        };
        every.Validators.Add(result =>
        {
            if (result.Tokens is [var text] && double.TryParse(text.Value, CultureInfo.InvariantCulture, out var seconds)
                && seconds is not (>= 0 and <= 86_400))
                result.AddError("--every must lie between 0 and 86400.");
        });
        var events = new Option<long?>("--events") { Description = "End after so many events. Without it: when ended." };
        var webMedecin = new Option<string>("--web-medecin")
        {
            Description = "Address of the web médecin, such as http://127.0.0.1:5101.",
            Required = true,
        };
        webMedecin.Validators.Add(result =>
        {
            if (result.Tokens is [var text] && !(Uri.TryCreate(text.Value, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttp))
                result.AddError("--web-medecin must be an address such as http://127.0.0.1:5101.");
        });
        var drip = new Command("drip", "Lets the legacy systems of a written world go on living: new facts, corrections, withdrawals, by the clock.")
        {
            data, patients, seed, day, every, events, webMedecin,
        };
        drip.SetAction(async (parsed, cancellationToken) =>
        {
            if (WorldIn(parsed) is not { } world)
                return 1;
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false })
            {
                Timeout = AnswerOfTheWebMedecin,
                BaseAddress = new Uri(parsed.GetRequiredValue(webMedecin)),
            };
            var happened = await DripAsync(
                world, Doors(world.Data, http, clock), TimeSpan.FromSeconds(parsed.GetValue(every)), parsed.GetValue(events), clock,
                cancellationToken);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{happened} events"));
            return 0;
        });
        yield return drip;

        var truth = new Command("truth", "Writes the truth anew, for today and with all that happened since the world was written.")
        {
            data, patients, seed, day,
        };
        truth.SetAction((parsed, cancellationToken) =>
        {
            if (WorldIn(parsed) is not { } world)
                return Task.FromResult(1);
            world.WriteTruth(DateOnly.FromDateTime(ParisDay.Of(clock.GetUtcNow())), cancellationToken);
            return Task.FromResult(0);
        });
        yield return truth;

        WorldFile? WorldIn(ParseResult parsed)
        {
            var world = new WorldFile(
                parsed.GetRequiredValue(data).FullName, parsed.GetValue(seed), parsed.GetValue(patients), dayOf(parsed));
            if (world.Exists)
                return world;
            Console.Error.WriteLine($"There is no world in {world.Data}: generate writes one.");
            return null;
        }
    }

    /// <summary>A door for every system the world was written into.</summary>
    /// <param name="data">Folder of the world.</param>
    /// <param name="webMedecin">Speaks to the web médecin, the one door that is a service.</param>
    /// <param name="clock">Dates the laboratories' files.</param>
    internal static IReadOnlyList<ILegacyDoor> Doors(string data, HttpClient webMedecin, TimeProvider clock) =>
    [
        new DpDoor(Path.Combine(data, DossierPharmaceutiqueSystem.Name)),
        new FrancheComteDoor(Path.Combine(data, FrancheComteSystem.Name)),
        new PicardieDoor(Path.Combine(data, PicardieSystem.Name)),
        new WebMedecinDoor(webMedecin),
        new LabosDoor(Path.Combine(data, LabosRhoneAlpesSystem.Name), clock),
        new ReseauDiabeteDoor(Path.Combine(data, ReseauDiabeteSystem.Name)),
    ];

    private static async Task<long> DripAsync(
        WorldFile world, IReadOnlyList<ILegacyDoor> doors, TimeSpan every, long? events, TimeProvider clock, CancellationToken cancellationToken)
    {
        // Whatever was told last when the drip ended in the middle.
        if (ChangeStore.Exists(world.Data))
            world.WriteTruth(DateOnly.FromDateTime(ParisDay.Of(clock.GetUtcNow())), cancellationToken);
        using var changes = ChangeStore.Open(world.Data);
        using var truth = new TruthLedger(world.Data, clock);
        return await new Drip(world.Living(changes), changes, truth, doors, clock, Console.Error).RunAsync(every, events, cancellationToken);
    }
}
