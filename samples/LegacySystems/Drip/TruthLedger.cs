using System.Text.Json;
using DmpFederation.SyntheticFrance.Living;
using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Truth;

namespace DmpFederation.LegacySystems.Drip;

/// <summary>
/// Keeps the truth true. <c>truth-changes.ndjson</c> is told of each event twice: before its legacy system is, and once the system has it; so a
/// reader knows at any moment of whom the truth is in doubt. <c>truth.ndjson</c> is replaced whole, by the present lines: after each event where that is
/// quick, else as often as it takes little of the time.
/// </summary>
internal sealed class TruthLedger : IDisposable
{
    private const string ChangesFile = "truth-changes.ndjson";
    private const int ShareOfTheTime = 20;

    private readonly TruthFile truth;
    private readonly TimeProvider clock;
    private readonly FileStream changes;
    private readonly Dictionary<int, byte[]> waiting = [];
    private readonly long opened;
    private TimeSpan next;

    public TruthLedger(string data, TimeProvider clock)
    {
        this.clock = clock;
        opened = clock.GetTimestamp();
        truth = new TruthFile(data);
        changes = new FileStream(Path.Combine(data, ChangesFile), FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
    }

    /// <summary>A new world has not gone on.</summary>
    public static void Delete(string data) => File.Delete(Path.Combine(data, ChangesFile));

    /// <summary>The legacy system is about to be told: until the event is done, the truth of the patient is in doubt.</summary>
    public void Begun(WorldEvent happening, SyntheticPatient patient) => Append(happening, patient, "BEGUN", null);

    /// <summary>The legacy system has the event, and the truth with it.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="after">The patient as they stand now.</param>
    /// <param name="seq">Number of the last event of the patient that is done.</param>
    public void Done(WorldEvent happened, SyntheticPatient after, long seq)
    {
        waiting[after.Index] = TruthFile.LineOf(after, seq);
        Append(happened, after, "DONE", Tell);
        if (clock.GetElapsedTime(opened) >= next)
            Settle();
    }

    /// <summary>Brings <c>truth.ndjson</c> up to the last event.</summary>
    public void Settle()
    {
        if (waiting.Count == 0)
            return;
        var started = clock.GetElapsedTime(opened);
        truth.Replace(waiting);
        waiting.Clear();
        var ended = clock.GetElapsedTime(opened);
        next = ended + ((ended - started) * ShareOfTheTime);
    }

    public void Dispose()
    {
        Settle();
        changes.Dispose();
    }

    private static void Tell(Utf8JsonWriter json, WorldEvent happened, SyntheticPatient after)
    {
        json.WriteStartArray("facts");
        foreach (var fact in happened.Facts)
            TruthWriter.WriteFact(json, after, fact);
        json.WriteEndArray();
        json.WriteStartArray("gone");
        foreach (var fact in happened.Facts.Where(fact => !fact.Origins.Any(after.Shows)))
            json.WriteStringValue(fact.Id);
        json.WriteEndArray();
    }

    private void Append(WorldEvent happened, SyntheticPatient patient, string state, Action<Utf8JsonWriter, WorldEvent, SyntheticPatient>? tell)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line, TruthWriter.Options))
        {
            json.WriteStartObject();
            json.WriteNumber("seq", happened.Number);
            json.WriteString("state", state);
            json.WriteString("at", clock.GetUtcNow());
            json.WriteString("ins", TruthWriter.InsOf(patient));
            json.WriteString("kind", NameOf(happened.Kind));
            json.WriteString("sourceId", happened.SourceId);
            tell?.Invoke(json, happened, patient);
            json.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        // One write: a reader sees the line whole or not.
        changes.Write(line.GetBuffer(), 0, (int)line.Length);
        changes.Flush();
    }

    private static string NameOf(WorldEventKind kind) => kind switch
    {
        WorldEventKind.NewFact => "NEW_FACT",
        WorldEventKind.LateCopy => "LATE_COPY",
        WorldEventKind.Correction => "CORRECTION",
        WorldEventKind.Withdrawal => "WITHDRAWAL",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
