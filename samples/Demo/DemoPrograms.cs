using System.Diagnostics;
using System.Globalization;
using DmpFederation.Demo.Processes;

namespace DmpFederation.Demo;

/// <summary>Which programs the demo runs, and with what settings. A new legacy server is one line here.</summary>
internal static class DemoPrograms
{
    /// <summary>Legacy servers first, so that the hub finds them.</summary>
    public static IReadOnlyList<ChildProgram> Create(DemoOptions options, string pluginsFile, TextWriter console)
    {
        var ports = options.Ports;
        var programs = new List<ChildProgram>
        {
            Legacy("franche-comte", ports.FrancheComte),
            Legacy("picardie", ports.Picardie),
            Legacy("web-medecin", ports.WebMedecin),
            Legacy("insi", ports.Insi),
            new("hub", () => Hub(options, pluginsFile), options.Logs, console),
        };
        if (options.Portal)
            programs.Add(new ChildProgram("portal", () => Portal(options), options.Logs, console));
        return programs;

        ChildProgram Legacy(string system, int port) => new(system, () => LegacyServer(options, system, port), options.Logs, console);
    }

    /// <summary>What lets the legacy systems go on living.</summary>
    /// <param name="options">Options of the demo, in which <see cref="DemoOptions.DripEvery"/> is not null.</param>
    /// <param name="writtenOn">Reference day of the world.</param>
    /// <param name="console">Where the user looks.</param>
    public static ChildProgram Drip(DemoOptions options, DateOnly writtenOn, TextWriter console) => new(
        "drip",
        () =>
        {
            var start = ChildEnvironment.Dotnet(BuiltPrograms.LegacySystems);
            Add(
                start,
                [
                    "drip", .. WorldOf(options, writtenOn), "--every", options.DripEvery!.Value.ToString(CultureInfo.InvariantCulture),
                    "--web-medecin", DemoPorts.Url(options.Ports.WebMedecin),
                ]);
            return start;
        },
        options.Logs,
        console);

    /// <summary>How a program is told which world lies in the data folder.</summary>
    public static IReadOnlyList<string> WorldOf(DemoOptions options, DateOnly writtenOn) =>
    [
        "--data", options.Data, "--patients", options.Patients.ToString(CultureInfo.InvariantCulture),
        "--seed", options.Seed.ToString(CultureInfo.InvariantCulture), "--today", writtenOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    ];

    private static ProcessStartInfo LegacyServer(DemoOptions options, string system, int port)
    {
        var start = ChildEnvironment.Dotnet(BuiltPrograms.LegacySystems);
        Add(start, system, "--data", options.Data, "--urls", DemoPorts.Url(port));
        return start;
    }

    private static ProcessStartInfo Hub(DemoOptions options, string pluginsFile)
    {
        var start = ChildEnvironment.Dotnet(BuiltPrograms.Hub);
        Add(start, "serve", "--urls", DemoPorts.Url(options.Ports.Hub), "--plugins", pluginsFile);
        var environment = start.Environment;
        environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        environment["DOTNET_ENVIRONMENT"] = "Development";
        environment["DMPFED_DP_CONNECTION"] = $"Data Source={options.DpDatabase}";
        environment["DMPFED_LABOS_FOLDER"] = options.LabosFolder;
        environment["DMPFED_RESEAU_DIABETE_FOLDER"] = options.DiabetesExports;
        environment["DMPFED__Identity__InsiUrl"] = DemoPorts.Url(options.Ports.Insi) + "/insi/";
        environment["DMPFED__Identity__DefaultSystem"] = SyntheticFrance.Truth.PatientListWriter.System;
        environment["DMPFED__Api__DefaultInsSystem"] = SyntheticFrance.Truth.PatientListWriter.System;
        environment["DMPFED__Authentication__Authority"] = DemoPorts.Url(options.Ports.IdentityProvider) + "/";
        environment["DMPFED__Connectors__StateFolder"] = options.HubState;
        return start;
    }

    private static ProcessStartInfo Portal(DemoOptions options)
    {
        var start = ChildEnvironment.Dotnet(BuiltPrograms.PartnerPortal);
        Add(start, "--urls", DemoPorts.Url(options.Ports.Portal));
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Portal__Hub"] = DemoPorts.Url(options.Ports.Hub) + "/";
        start.Environment["Portal__Tokens"] = options.Tokens;
        start.Environment["Portal__Patients"] = options.PatientList;
        return start;
    }

    private static void Add(ProcessStartInfo start, params IReadOnlyList<string> arguments)
    {
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
    }
}
