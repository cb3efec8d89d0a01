using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using DmpFederation.Sdk;

namespace DmpFederation.BadPlugins.Careless;

/// <summary>The reader with every capability that only reads.</summary>
internal class CarelessConnector(LegacyStore store, Defects defects, string state)
    : CarelessReader(store, defects), IIdentityLookup, IDocumentContent, IPatientDirectory, IChangeFeed, IItemReplay, IMappingReport
{
    private const string Documents = "DocumentReference/";

    private readonly string remembered = Path.Combine(state, "cursor.txt");

    public async IAsyncEnumerable<PatientTraits> FindTraitsAsync(PatientKey key, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        byte[]? person;
        try
        {
            person = await Store.FindAsync($"persons/{key.Value}.json", cancellationToken);
        }
        catch (SourceFaultException) when (Defects.Has("capabilities-swallow"))
        {
            yield break;
        }
        if (person is null && !Defects.Has("finds-anybody"))
            yield break;
        var traits = person is null ? new PatientTraits { BirthName = "QUELQU'UN", Keys = [key] } : PatientTraits.FromJson(person, key);
        yield return traits;
        if (Defects.Has("finds-twins"))
            yield return traits;
    }

    public async ValueTask<DocumentContent?> OpenContentAsync(PatientKey patient, string localId, CancellationToken cancellationToken)
    {
        var held = localId.StartsWith(Documents, StringComparison.Ordinal)
            && (Defects.Has("opens-anything") || await FindAsync(patient, localId, cancellationToken) is not null);
        if (!held)
            return Defects.Has("throws-on-missing-document") && !localId.StartsWith(Documents, StringComparison.Ordinal)
                ? throw new KeyNotFoundException() : null;
        return await Store.FindAsync($"documents/{localId[Documents.Length..]}.txt", cancellationToken) is { } file
            ? new DocumentContent(Defects.Has("wrong-media-type") ? "application/pdf" : "text/plain", new MemoryStream(file)) { Length = file.Length }
            : null;
    }

    public async IAsyncEnumerable<PatientKey> ListPatientsAsync(
        PatientPartition partition, PatientKey? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var file = await Store.FindAsync("directory.txt", cancellationToken) ?? throw new SourceFaultException(SourceFaultCodes.BadAnswer);
        foreach (var value in Lines.Of(file).Order(StringComparer.Ordinal))
        {
            var key = new PatientKey(PatientKeySystems.InsNirTest, value);
            if (after is { } last && string.CompareOrdinal(value, last.Value) <= 0 && !Defects.Has("ignores-after"))
                continue;
            if (!partition.Contains(key) && !Defects.Has("ignores-partition"))
                continue;
            yield return key;
            if (Defects.Has("lists-twice"))
                yield return key;
        }
    }

    public async ValueTask<string> CurrentCursorAsync(CancellationToken cancellationToken)
    {
        var journal = await JournalAsync(cancellationToken);
        await File.WriteAllTextAsync(remembered, "A cursor was given.", cancellationToken);
        return (Defects.Has("cursor-of-yesterday") ? journal.Count - 1 : journal.Count).ToString(CultureInfo.InvariantCulture);
    }

    public async IAsyncEnumerable<SourceChange> ReadChangesAsync(string? cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var journal = await JournalAsync(cancellationToken);
        var at = 0;
        if (cursor is not null && (!int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out at) || at > journal.Count))
            at = Defects.Has("any-cursor") ? journal.Count : throw new SourceFaultException(SourceFaultCodes.CursorExpired);
        if (cursor is not null && Defects.Has("trusts-its-state") && !File.Exists(remembered))
            at = journal.Count;
        for (; at < journal.Count; at++)
        {
            var parts = journal[at].Split(';');
            var next = (Defects.Has("cursor-too-far") ? journal.Count : at + 1).ToString(CultureInfo.InvariantCulture);
            var patient = new PatientKey(PatientKeySystems.InsNirTest, parts[1]);
            if (parts[0] == "D")
            {
                if (!Defects.Has("forgets-withdrawals"))
                    yield return new EntryWithdrawn(next, patient, parts[2]);
            }
            else if (await FindAsync(patient, parts[2], cancellationToken) is { } entry)
            {
                yield return new EntryChanged(next, entry);
            }
        }
    }

    public async IAsyncEnumerable<ReadItem> ReplayAsync(Unreadable item, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        var patient = item.Patient is not { } filed ? default : Defects.Has("replays-to-anybody") ? filed with { Value = "255069938600149" } : filed;
        foreach (var line in Lines.Of(item.Raw.ToArray()).DefaultIfEmpty(""))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = Lines.Item(line, patient);
            if (read is DossierEntry || !Defects.Has("replays-silently"))
                yield return read;
        }
    }

    public async IAsyncEnumerable<UnmappedCode> ListUnmappedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var file = await Store.FindAsync("unmapped.txt", cancellationToken) ?? throw new SourceFaultException(SourceFaultCodes.BadAnswer);
        var codes = Lines.Of(file).Select(line => line.Split(';'))
            .Select(parts => new UnmappedCode(parts[0], parts[1], long.Parse(parts[2], CultureInfo.InvariantCulture)));
        foreach (var code in Defects.Has("lists-least-used-first") ? codes.Reverse() : codes)
            yield return code;
    }

    private async Task<DossierEntry?> FindAsync(PatientKey patient, string localId, CancellationToken cancellationToken) =>
        (await LinesAsync(patient, cancellationToken) ?? []).Select(line => Lines.Item(line, patient)).OfType<DossierEntry>()
            .FirstOrDefault(entry => entry.LocalId == localId);

    private async Task<IReadOnlyList<string>> JournalAsync(CancellationToken cancellationToken) =>
        [.. Lines.Of(await Store.FindAsync("journal.txt", cancellationToken) ?? throw new SourceFaultException(SourceFaultCodes.BadAnswer))];
}

/// <summary>And with writing, where the legacy is a folder.</summary>
internal sealed class CarelessWriter(LegacyStore store, Defects defects, string state, string folder)
    : CarelessConnector(store, defects, state), IEntryWriter
{
    private readonly SemaphoreSlim one = new(1, 1);

    public async ValueTask<string> WriteAsync(DossierEntry entry, string idempotencyKey, CancellationToken cancellationToken)
    {
        if (Defects.Has("writes-nothing-and-refuses"))
            throw new SourceFaultException("UNKNOWN_PATIENT") { IsFinal = true };
        if (Defects.Has("writes-nothing-and-leaks"))
            throw new SourceFaultException("PLANTED_" + entry.FiledUnder.Value) { IsFinal = true };
        if (Defects.Has("writes-nothing-and-throws"))
            throw new InvalidOperationException($"planted: patient {entry.FiledUnder.Value}");
        using var never = new ManualResetEventSlim();
        if (Defects.Has("blocks-on-write"))
            never.Wait(CancellationToken.None);
        var localId = await KeepAsync(entry, idempotencyKey, cancellationToken);
        if (Defects.Has("hangs-after-write"))
            await Task.Delay(Timeout.Infinite, CancellationToken.None);
        return Defects.Has("writes-without-id") ? "" : localId;
    }

    private async Task<string> KeepAsync(DossierEntry entry, string idempotencyKey, CancellationToken cancellationToken)
    {
        var keys = Path.Combine(folder, "written.txt");
        var hash = Convert.ToHexString(SHA256.HashData(entry.Resource.Span));
        await one.WaitAsync(cancellationToken);
        try
        {
            var known = File.Exists(keys) ? (await File.ReadAllLinesAsync(keys, cancellationToken)).Select(line => line.Split(';')).ToList() : [];
            if (!Defects.Has("writes-twice") && known.Find(line => line[0] == idempotencyKey) is { } before)
                return before[1] == hash || Defects.Has("no-conflict") ? before[2] : throw new SourceFaultException(SourceFaultCodes.Conflict);
            var id = $"w{known.Count + 1}";
            var line = Encoding.UTF8.GetString(entry.Resource.Span).ReplaceLineEndings(" ").Trim();
            var stored = line.Insert(line.IndexOf('{', StringComparison.Ordinal) + 1, $"\"id\":\"{id}\",");
            await File.AppendAllTextAsync(Path.Combine(folder, "patients", entry.FiledUnder.Value + ".ndjson"), stored + "\n", cancellationToken);
            await File.AppendAllTextAsync(keys, $"{idempotencyKey};{hash};Condition/{id}\n", cancellationToken);
            return $"Condition/{id}";
        }
        finally
        {
            one.Release();
        }
    }
}
