using System.Runtime.CompilerServices;
using DmpFederation.Sdk;

namespace DmpFederation.TestKit.Migration;

/// <summary>
/// A legacy system in memory that a test changes while it is read: facts, corrections, withdrawals, documents, a feed with a memory, patients who
/// cannot be read. Its answers show one state each, as a database's would. Thread-safe.
/// </summary>
internal sealed class ChangingLegacy : ISourceConnector, IPatientDirectory, IChangeFeed, IDocumentContent
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, (PatientKey Key, Dictionary<string, DossierEntry> Facts)> patients = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> contents = new(StringComparer.Ordinal);
    private readonly List<(PatientKey Key, DossierEntry? Entry, string LocalId)> changes = [];
    private int forgotten;

    /// <summary>Called before each read, outside any lock.</summary>
    public Action<PatientKey>? Reading { get; set; }

    /// <summary>Code every call fails with; null while it works.</summary>
    public string? Outage { get; set; }

    /// <summary>Patients of whom every read fails, after their first fact was told.</summary>
    public HashSet<PatientKey> Sick { get; } = [];

    /// <summary>Code of a gap every answer tells; null for none.</summary>
    public string? Gap { get; set; }

    /// <summary>Reads of patients, all counted.</summary>
    public int Reads { get; private set; }

    /// <summary>Reads made while another one ran, at most.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>How long a read takes.</summary>
    public TimeSpan Takes { get; set; }

    private int running;

    public IReadOnlyList<PatientKey> Keys
    {
        get
        {
            lock (gate)
                return [.. patients.Values.Select(static one => one.Key)];
        }
    }

    /// <summary>The facts of a patient now.</summary>
    public IReadOnlyList<DossierEntry> Facts(PatientKey key)
    {
        lock (gate)
        {
            return patients.TryGetValue(key.Value, out var one)
                ? [.. one.Facts.Values.OrderBy(static entry => entry.LocalId, StringComparer.Ordinal)]
                : [];
        }
    }

    /// <summary>Adds or corrects a fact.</summary>
    public void Put(DossierEntry entry, byte[]? content = null)
    {
        lock (gate)
        {
            if (!patients.TryGetValue(entry.FiledUnder.Value, out var one))
                patients.Add(entry.FiledUnder.Value, one = (entry.FiledUnder, new(StringComparer.Ordinal)));
            one.Facts[entry.LocalId] = entry;
            if (content is not null)
                contents[entry.LocalId] = content;
            changes.Add((entry.FiledUnder, entry, entry.LocalId));
        }
    }

    public void Withdraw(PatientKey key, string localId)
    {
        lock (gate)
        {
            if (patients[key.Value].Facts.Remove(localId))
                changes.Add((key, null, localId));
        }
    }

    /// <summary>Removes a patient, of whom the feed tells nothing.</summary>
    public void Drop(PatientKey key)
    {
        lock (gate)
            patients.Remove(key.Value);
    }

    /// <summary>Forgets what changed until now: older cursors are not known any more.</summary>
    public void Forget()
    {
        lock (gate)
            forgotten = changes.Count;
    }

    public ValueTask ProbeAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public async IAsyncEnumerable<ReadItem> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var patient in request.Patients)
        {
            Reading?.Invoke(patient.Key);
            lock (gate)
            {
                Reads++;
                MostAtOnce = Math.Max(MostAtOnce, ++running);
            }
            try
            {
                if (Takes > TimeSpan.Zero)
                    await Task.Delay(Takes, cancellationToken);
                ThrowIfOut();
                List<DossierEntry>? facts;
                lock (gate)
                    facts = patients.TryGetValue(patient.Key.Value, out var one) ? [.. one.Facts.Values] : null;
                if (facts is null)
                    yield return new PatientUnknown(patient.Key);
                foreach (var fact in facts ?? [])
                    yield return fact;
                if (Sick.Contains(patient.Key))
                    throw new SourceFaultException(SourceFaultCodes.BadAnswer);
                if (Gap is { } code)
                    yield return new ReadGap(code);
            }
            finally
            {
                lock (gate)
                    running--;
            }
        }
    }

    public async IAsyncEnumerable<PatientKey> ListPatientsAsync(
        PatientPartition partition, PatientKey? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        ThrowIfOut();
        foreach (var key in Keys)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (partition.Contains(key) && (after is not { } last || string.CompareOrdinal(key.Value, last.Value) > 0))
                yield return key;
        }
    }

    public ValueTask<string> CurrentCursorAsync(CancellationToken cancellationToken)
    {
        ThrowIfOut();
        lock (gate)
            return ValueTask.FromResult($"c{changes.Count}");
    }

    public async IAsyncEnumerable<SourceChange> ReadChangesAsync(string? cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        ThrowIfOut();
        var from = cursor is null ? 0 : int.Parse(cursor.AsSpan(1), null);
        List<(PatientKey Key, DossierEntry? Entry, string LocalId)> news;
        lock (gate)
        {
            if (from < forgotten)
                throw new SourceFaultException(SourceFaultCodes.CursorExpired);
            news = changes[from..];
        }
        foreach (var (key, entry, localId) in news)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var next = $"c{++from}";
            yield return entry is null ? new EntryWithdrawn(next, key, localId) : new EntryChanged(next, entry);
        }
    }

    public ValueTask<DocumentContent?> OpenContentAsync(PatientKey patient, string localId, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return ValueTask.FromResult(contents.TryGetValue(localId, out var bytes)
                ? new DocumentContent("application/pdf", new MemoryStream(bytes)) { Length = bytes.Length }
                : null);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void ThrowIfOut()
    {
        if (Outage is { } code)
            throw new SourceFaultException(code);
    }
}
