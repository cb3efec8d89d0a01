using System.Diagnostics;

namespace DmpFederation.Demo.Processes;

/// <summary>One program of the demo in its own process, its output in its own log.</summary>
/// <param name="name">Name of the system, and of its log.</param>
/// <param name="prepare">What to start; asked again for each start.</param>
/// <param name="logs">Folder of the logs.</param>
/// <param name="console">Where the user looks.</param>
internal sealed class ChildProgram(string name, Func<ProcessStartInfo> prepare, string logs, TextWriter console) : IDisposable
{
    private readonly Lock gate = new();
    private StreamWriter? log;
    private Process? process;
    private Process? ended;

    public string Name => name;

    public string LogFile => Path.Combine(logs, name + ".log");

    /// <summary>Null when it does not run.</summary>
    public int? Pid => process is { HasExited: false } running ? running.Id : null;

    public void Start()
    {
        lock (gate)
        {
            if (Pid is not null)
                return;
            log ??= new StreamWriter(new FileStream(LogFile, FileMode.Create, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };
            var start = prepare();
            start.RedirectStandardError = true;
            process?.Dispose();
            process = new Process { StartInfo = start, EnableRaisingEvents = true };
            process.OutputDataReceived += (_, line) => Log(line.Data);
            process.ErrorDataReceived += (_, line) => Log(line.Data);
            process.Exited += TellTheEnd;
            if (!process.Start())
                throw new DemoFault($"{name} could not be started.");
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }
    }

    /// <summary>Ends it at once, as a crash would (SIGKILL works on a stopped process as well).</summary>
    public void Kill()
    {
        lock (gate)
        {
            if (Pid is null)
                return;
            ended = process;
            process!.Kill(entireProcessTree: true);
            process.WaitForExit(TimeSpan.FromSeconds(5));
        }
    }

    /// <summary>Asks it to end in order.</summary>
    public void Ask()
    {
        lock (gate)
        {
            if (Pid is not { } pid)
                return;
            ended = process;
            if (!Signals.Supported)
                return;
            Signals.Send(pid, Signals.Continue);
            Signals.Send(pid, Signals.Terminate);
        }
    }

    public bool WaitForEnd(TimeSpan most) => process is null || process.WaitForExit(most);

    /// <summary>False when it does not run.</summary>
    public bool Signal(int signal) => Pid is { } pid && Signals.Send(pid, signal);

    public void Dispose()
    {
        Kill();
        lock (gate)
        {
            process?.Dispose();
            process = null;
            log?.Dispose();
            log = null;
        }
    }

    private void TellTheEnd(object? sender, EventArgs arguments)
    {
        if (sender is Process gone && gone != ended)
            console.WriteLine($"{name} (pid {gone.Id}) has ended with code {gone.ExitCode}: see {LogFile}");
    }

    private void Log(string? line)
    {
        if (line is null)
            return;
        lock (gate)
            log?.WriteLine(line);
    }
}
