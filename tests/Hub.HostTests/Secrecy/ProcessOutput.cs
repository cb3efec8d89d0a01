using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Diagnostics.Tracing;
using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Text;

namespace DmpFederation.Hub.HostTests.Secrecy;

/// <summary>
/// Writes down, into one file, everything this process writes while the tests run: log lines of every host, tags of metrics and traces, messages of
/// exceptions (thrown ones, caught or not), the console. The hubs and the legacy systems of the tests run in this process.
/// </summary>
internal static class ProcessOutput
{
    private static readonly Lock Gate = new();
    private static readonly string Place = Path.Combine(Path.GetTempPath(), $"dmp-output-{Environment.ProcessId}.txt");
    private static readonly List<object> Watchers = [];
    private static StreamWriter? file;

    /// <summary>What was written so far, line by line, each with where it comes from.</summary>
    public static IEnumerable<string> Lines()
    {
        lock (Gate)
            file?.Flush();
        using var reader = new StreamReader(new FileStream(Place, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    public static void Start()
    {
        if (file is not null)
            return;
        file = new StreamWriter(new FileStream(Place, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete), Encoding.UTF8);
        AppDomain.CurrentDomain.ProcessExit += static (_, _) => File.Delete(Place);
        AppDomain.CurrentDomain.FirstChanceException += Thrown;
        Watchers.Add(new LogWatcher());
        Watchers.Add(WatchTraces());
        Watchers.Add(WatchMetrics());
        Console.SetOut(new Tee(Console.Out, "out"));
        Console.SetError(new Tee(Console.Error, "err"));
    }

    private static void Write(string from, string? text)
    {
        if (string.IsNullOrEmpty(text))
            return;
        lock (Gate)
        {
            file!.Write(from);
            file.Write(' ');
            file.WriteLine(text.ReplaceLineEndings(" "));
        }
    }

    private static void Thrown(object? sender, FirstChanceExceptionEventArgs thrown)
    {
        // What an assertion says of its expectations is the test's own.
        var type = thrown.Exception.GetType().FullName!;
        if (!type.StartsWith("Xunit", StringComparison.Ordinal))
            Write("exception " + type, thrown.Exception.Message);
    }

    private static ActivityListener WatchTraces()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = static _ => true,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = static activity =>
            {
                Write("trace " + activity.Source.Name, activity.DisplayName);
                foreach (var (name, value) in activity.TagObjects)
                    Write($"trace {activity.Source.Name} {name}", Convert.ToString(value, CultureInfo.InvariantCulture));
                foreach (var (name, value) in activity.Events.SelectMany(static one => one.Tags))
                    Write($"trace {activity.Source.Name} {name}", Convert.ToString(value, CultureInfo.InvariantCulture));
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static MeterListener WatchMetrics()
    {
        var listener = new MeterListener { InstrumentPublished = static (instrument, own) => own.EnableMeasurementEvents(instrument) };
        listener.SetMeasurementEventCallback<int>(static (instrument, _, tags, _) => Tags(instrument, tags));
        listener.SetMeasurementEventCallback<long>(static (instrument, _, tags, _) => Tags(instrument, tags));
        listener.SetMeasurementEventCallback<double>(static (instrument, _, tags, _) => Tags(instrument, tags));
        listener.Start();
        return listener;

        static void Tags(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (var (name, value) in tags)
            {
                if (value is string text)
                    Write($"metric {instrument.Name} {name}", text);
            }
        }
    }

    /// <summary>Every host of this process logs into this source beside its other providers.</summary>
    private sealed class LogWatcher : EventListener
    {
        private const string Logging = "Microsoft-Extensions-Logging";
        private const EventKeywords FormattedMessage = (EventKeywords)4;

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == Logging)
                EnableEvents(eventSource, EventLevel.LogAlways, FormattedMessage);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (eventData.EventSource.Name != Logging || eventData.Payload is not { } payload)
                return;
            var names = eventData.PayloadNames;
            for (var index = 0; index < payload.Count; index++)
            {
                if (payload[index] is string { Length: > 0 } text)
                    Write($"log {names?[index]}", text);
            }
        }
    }

    private sealed class Tee(TextWriter to, string name) : TextWriter
    {
        public override Encoding Encoding => to.Encoding;

        public override void Write(char value) => to.Write(value);

        public override void Write(string? value)
        {
            ProcessOutput.Write(name, value);
            to.Write(value);
        }

        public override void WriteLine(string? value)
        {
            ProcessOutput.Write(name, value);
            to.WriteLine(value);
        }
    }
}
