using System.Globalization;
using DmpFederation.Demo.IdentityProvider;
using DmpFederation.Demo.Processes;
using DmpFederation.Demo.WorldState;

namespace DmpFederation.Demo;

/// <summary>The main job: write the world, start everything, say where it is, say READY, and end it all together.</summary>
internal sealed class DemoRun(DemoOptions options, TimeProvider clock, TextWriter console)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan OrderlyEnd = TimeSpan.FromSeconds(4);

    /// <exception cref="DemoFault">It could not start.</exception>
    public async Task RunAsync()
    {
        FreePorts.Require(options.Ports, options.Portal);
        var writtenOn = await new WorldFolder(options, clock, console).PrepareAsync(CancellationToken.None);
        await new ConsentRegister(options, writtenOn).ImportAsync(CancellationToken.None);

        var issuer = new Uri(DemoPorts.Url(options.Ports.IdentityProvider) + "/");
        var personas = Personas.All(ListedPatient.FirstOf(options.PatientList));
        var programs = DemoPrograms.Create(options, PluginsFile.For(options), console);
        var drip = options.DripEvery is null ? null : DemoPrograms.Drip(options, writtenOn, console);
        await using var provider = BuildProvider(issuer, personas, drip is null ? programs : [.. programs, drip]);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        try
        {
            await provider.StartAsync();
            var tokens = await TokenFile.WriteAsync(options.Tokens, personas.Select(persona => persona.Name), issuer, http, CancellationToken.None);
            foreach (var program in programs)
                program.Start();
            Announce(programs);
            var watching = Task.WhenAll(
                Launcher.EndWithDotnetRunAsync(provider.Lifetime, clock), ReadyThenLivingAsync(http, tokens, drip, provider.Lifetime));
            await provider.WaitForShutdownAsync();
            await watching;
        }
        finally
        {
            End(drip is null ? programs : [drip, .. programs]);
        }
    }

    /// <summary>The legacy systems go on living once a newcomer can see it.</summary>
    private async Task ReadyThenLivingAsync(
        HttpClient http, IReadOnlyDictionary<string, string> tokens, ChildProgram? drip, IHostApplicationLifetime lifetime)
    {
        if (await WaitUntilReadyAsync(http, tokens, lifetime))
            drip?.Start();
    }

    private static void End(IReadOnlyList<ChildProgram> programs)
    {
        foreach (var program in programs)
            program.Ask();
        foreach (var program in programs)
            program.WaitForEnd(OrderlyEnd);
        foreach (var program in programs)
            program.Dispose();
    }

    private WebApplication BuildProvider(Uri issuer, IReadOnlyList<Persona> personas, IReadOnlyList<ChildProgram> programs)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = options.Data });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(issuer.ToString().TrimEnd('/'));
        builder.Services.AddSingleton(clock);
        IdentityProviderApp.Add(builder, issuer, Path.Combine(options.Data, "identity"));
        var app = builder.Build();
        IdentityProviderApp.Map(app, personas);
        ControlApi.Map(app, programs.ToDictionary(program => program.Name), options);
        return app;
    }

    private void Announce(IReadOnlyList<ChildProgram> programs)
    {
        var ports = options.Ports;
        var hub = DemoPorts.Url(ports.Hub);
        console.WriteLine($"data         {options.Data} (tokens.json, patients.csv, truth.ndjson, truth-changes.ndjson, logs)");
        console.WriteLine($"GraphQL      {hub}/graphql, in a browser {hub}/graphql/ui");
        if (options.Portal)
            console.WriteLine($"portal       {DemoPorts.Url(ports.Portal)}");
        console.WriteLine($"identity     {DemoPorts.Url(ports.IdentityProvider)}/.well-known/openid-configuration");
        console.WriteLine($"source       dp: {options.DpDatabase}");
        console.WriteLine($"source       franche-comte: {DemoPorts.Url(ports.FrancheComte)}");
        console.WriteLine($"source       picardie: {DemoPorts.Url(ports.Picardie)}/fhir");
        console.WriteLine($"source       web-medecin: {DemoPorts.Url(ports.WebMedecin)}");
        console.WriteLine($"source       labos-rhone-alpes: {options.LabosFolder}");
        console.WriteLine($"source       reseau-diabete: {options.DiabetesExports}");
        console.WriteLine($"INSi         {DemoPorts.Url(ports.Insi)}/insi");
        console.WriteLine("processes    " + string.Join(", ", programs.Select(program => $"{program.Name} {program.Pid}")));
        if (options.DripEvery is { } seconds)
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"living       the legacy systems go on: a new fact, a correction or a withdrawal every {seconds} s; --no-drip switches it off"));
        console.WriteLine("try failures (kill, stop, continue, restart):");
        console.WriteLine($"  curl -X POST {DemoPorts.Url(ports.IdentityProvider)}/world/picardie/stop");
        console.WriteLine($"  curl -X POST {DemoPorts.Url(ports.IdentityProvider)}/world/picardie/continue");
    }

    /// <returns>False when it ended before.</returns>
    private async Task<bool> WaitUntilReadyAsync(HttpClient http, IReadOnlyDictionary<string, string> tokens, IHostApplicationLifetime lifetime)
    {
        var ports = options.Ports;
        var others = new List<(string, Uri)> { ("insi", new Uri(DemoPorts.Url(ports.Insi) + "/health")) };
        if (options.Portal)
            others.Add(("portal", new Uri(DemoPorts.Url(ports.Portal) + "/")));
        var readiness = new Readiness(
            http, new Uri(DemoPorts.Url(ports.Hub) + "/graphql"), tokens["nationalOperator"], tokens["attending"], ListedPatient.FirstOf(options.PatientList).Ins, others);
        var started = clock.GetTimestamp();
        var told = false;
        using var timer = new PeriodicTimer(Pause, clock);
        try
        {
            while (true)
            {
                var missing = await readiness.MissingAsync(lifetime.ApplicationStopping);
                if (missing.Count == 0)
                {
                    console.WriteLine("READY");
                    return true;
                }

                if (!told && clock.GetElapsedTime(started) > Patience)
                {
                    told = true;
                    console.WriteLine($"not ready after {Patience.TotalSeconds:0} s, and waiting on (logs: {options.Logs}):");
                    foreach (var line in missing)
                        console.WriteLine("  " + line);
                }

                await timer.WaitForNextTickAsync(lifetime.ApplicationStopping);
            }
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Ended before it was ready.
            return false;
        }
    }
}
