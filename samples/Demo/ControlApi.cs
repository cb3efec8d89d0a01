using DmpFederation.Demo.Processes;

namespace DmpFederation.Demo;

/// <summary>
/// Lets anybody at this machine make a system fail: <c>POST /world/{system}/{kill|stop|continue|restart}</c>. The dossier pharmaceutique is a
/// database; the laboratories of Rhône-Alpes and the diabetes network are folders: killing them moves the file or the folder away.
/// </summary>
internal static class ControlApi
{
    private const string Away = ".away";

    public static void Map(WebApplication app, IReadOnlyDictionary<string, ChildProgram> programs, DemoOptions options)
    {
        app.MapGet("/world", () => Results.Json(programs.Values.Select(program => new { name = program.Name, pid = program.Pid, log = program.LogFile })));
        app.MapPost("/world/{system}/{action}", (string system, string action, HttpRequest request) =>
        {
            // A page of the web must not be able to stop somebody's demo: browsers name where a POST comes from, curl does not.
            if (request.Headers.ContainsKey("Origin"))
                return Results.StatusCode(StatusCodes.Status403Forbidden);
            if (system == "dp")
                return OnDatabase(options.DpDatabase, action);
            if (system == "labos-rhone-alpes")
                return OnFolder(system, options.LabosFolder, action);
            if (system == "reseau-diabete")
                return OnFolder(system, options.DiabetesExports, action);
            return programs.TryGetValue(system, out var program)
                ? OnProgram(program, action)
                : Said(StatusCodes.Status404NotFound, $"There is no system {system}; there are dp, labos-rhone-alpes, reseau-diabete, {string.Join(", ", programs.Keys)}.");
        });
    }

    private static IResult OnProgram(ChildProgram program, string action)
    {
        switch (action)
        {
            case "kill":
                program.Kill();
                return Said(StatusCodes.Status200OK, $"{program.Name} is dead.");
            case "restart":
                program.Kill();
                program.Start();
                return Said(StatusCodes.Status200OK, $"{program.Name} runs again as pid {program.Pid}.");
            case "stop" or "continue" when !Signals.Supported:
                return Said(StatusCodes.Status501NotImplemented, "This operating system has no signal to stop a process.");
            case "stop":
                return program.Signal(Signals.Stop) ? Said(StatusCodes.Status200OK, $"{program.Name} hangs.") : NotRunning(program);
            case "continue":
                return program.Signal(Signals.Continue) ? Said(StatusCodes.Status200OK, $"{program.Name} goes on.") : NotRunning(program);
            default:
                return Said(StatusCodes.Status404NotFound, "The actions are kill, stop, continue and restart.");
        }
    }

    private static IResult OnDatabase(string file, string action)
    {
        if (action is not ("kill" or "restart"))
            return Said(StatusCodes.Status409Conflict, "dp is a database file: it can be killed (moved away) and restarted (moved back).");
        foreach (var part in (string[])["", "-wal", "-shm"])
        {
            var (from, to) = action == "kill" ? (file + part, file + part + Away) : (file + part + Away, file + part);
            if (File.Exists(from))
                File.Move(from, to, overwrite: true);
        }

        return Said(StatusCodes.Status200OK, action == "kill" ? "dp is away." : "dp is back.");
    }

    private static IResult OnFolder(string system, string folder, string action)
    {
        if (action is not ("kill" or "restart"))
            return Said(StatusCodes.Status409Conflict, $"{system} is a folder: it can be killed (moved away) and restarted (moved back).");
        var (from, to) = action == "kill" ? (folder, folder + Away) : (folder + Away, folder);
        if (Directory.Exists(from) && !Directory.Exists(to))
            Directory.Move(from, to);
        return Said(StatusCodes.Status200OK, action == "kill" ? $"{system} is away." : $"{system} is back.");
    }

    private static IResult NotRunning(ChildProgram program) =>
        Said(StatusCodes.Status409Conflict, $"{program.Name} does not run; restart it.");

    private static IResult Said(int status, string text) => Results.Text(text + "\n", "text/plain", System.Text.Encoding.UTF8, status);
}
