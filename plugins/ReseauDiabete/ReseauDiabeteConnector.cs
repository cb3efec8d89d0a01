using System.Runtime.CompilerServices;
using DmpFederation.Plugins.ReseauDiabete.Exports;
using DmpFederation.Plugins.ReseauDiabete.Facts;
using DmpFederation.Plugins.ReseauDiabete.Index;
using DmpFederation.Plugins.ReseauDiabete.Rows;
using DmpFederation.Sdk;
using Microsoft.Data.Sqlite;

namespace DmpFederation.Plugins.ReseauDiabete;

/// <summary>One network: its folder of exports, and the index made of them.</summary>
internal sealed class ReseauDiabeteConnector(ExportIndex exports, IndexFile file)
    : ISourceConnector, IIdentityLookup, IPatientDirectory, IChangeFeed
{
    internal const string ExportMissing = "EXPORT_MISSING";

    private const string InsC = PatientKeySystems.InsC;
    private const int Page = 500;

    public ValueTask ProbeAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        exports.Begin();
        return ValueTask.CompletedTask;
    }

    public async IAsyncEnumerable<ReadItem> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var refused = await exports.CatchUpAsync(cancellationToken);
        foreach (var one in refused)
            yield return FilePreview.Refused(one);
        using var view = Ask(IndexReader.Open);
        if (Ask(view, static reader => reader.AsOf()) is { } moment)
            yield return new SourceAsOf(moment);
        if (Ask(view, static reader => reader.LacksAnExport()))
            yield return new ReadGap(ExportMissing);
        using var writer = new FactWriter();
        foreach (var query in request.Patients)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var item in Ask(view, reader => Items(reader, query.Key, writer)))
                yield return item;
        }
    }

    public async IAsyncEnumerable<PatientTraits> FindTraitsAsync(PatientKey key, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await exports.CatchUpAsync(cancellationToken);
        using var view = Ask(IndexReader.Open);
        if (key.System != InsC)
            yield break;
        foreach (var fields in Ask(view, reader => reader.Patients(key.Value)))
            yield return PatientRow.Traits(fields, key);
    }

    public async IAsyncEnumerable<PatientKey> ListPatientsAsync(
        PatientPartition partition, PatientKey? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await exports.CatchUpAsync(cancellationToken);
        var last = after?.Value ?? "";
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            List<string> keys;
            using (var view = Ask(IndexReader.Open))
                keys = Ask(view, reader => reader.Keys(last, Page));
            foreach (var key in keys.Select(value => new PatientKey(InsC, value)).Where(partition.Contains))
                yield return key;
            if (keys.Count < Page)
                yield break;
            last = keys[^1];
        }
    }

    public async ValueTask<string> CurrentCursorAsync(CancellationToken cancellationToken)
    {
        await exports.CatchUpAsync(cancellationToken);
        using var view = Ask(IndexReader.Open);
        return Ask(view, static reader => reader.Now()).ToString();
    }

    public async IAsyncEnumerable<SourceChange> ReadChangesAsync(string? cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var at = cursor is null ? new ChangeCursor("", 0) : ChangeCursor.Parse(cursor);
        await exports.CatchUpAsync(cancellationToken);
        using var writer = new FactWriter();
        ChangeCursor end;
        using (var view = Ask(IndexReader.Open))
            end = Ask(view, static reader => reader.Now());
        while (at != end)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // A view for each page: a follower that takes its time must not hold up the index. What moves on meanwhile comes with the next reading.
            List<SourceChange> changes;
            using (var view = Ask(IndexReader.Open))
                changes = Ask(view, reader => Changes(reader, at, end, writer));
            foreach (var change in changes)
                yield return change;
            if (changes.Count < Page)
                yield break;
            at = ChangeCursor.Parse(changes[^1].Cursor);
        }
    }

    public ValueTask DisposeAsync() => exports.DisposeAsync();

    private static List<SourceChange> Changes(IndexReader reader, ChangeCursor at, ChangeCursor end, FactWriter writer) =>
        reader.Changes(reader.PlaceOf(at), reader.PlaceOf(end), Page, InsC)
            .ConvertAll(change => Change(change, reader.CursorOf(change.Place), writer));

    private static SourceChange Change(IndexChange change, ChangeCursor cursor, FactWriter writer)
    {
        if (change.Unreadable is { } unreadable)
            return new ItemUnreadable(cursor.ToString(), unreadable);
        var patient = new PatientKey(InsC, change.InsC!);
        return change.Fields is { } fields
            ? new EntryChanged(cursor.ToString(), Entry(fields, patient, writer))
            : new EntryWithdrawn(cursor.ToString(), patient, FactWriter.LocalIdOf(change.Number!));
    }

    private static List<ReadItem> Items(IndexReader reader, PatientKey key, FactWriter writer)
    {
        var items = new List<ReadItem>();
        if (key.System == InsC)
        {
            items.AddRange(reader.Patients(key.Value).Select(fields => new PatientFound(key, PatientRow.Traits(fields, key))));
            items.AddRange(reader.Records(key.Value).Select(fields => Entry(fields, key, writer)));
            items.AddRange(reader.Unreadable(key.Value, InsC));
        }
        if (items.Count == 0)
            items.Add(new PatientUnknown(key));
        return items;
    }

    private static DossierEntry Entry(string[] fields, PatientKey patient, FactWriter writer) => FollowUpRow.Read(fields, out var row) is null
        ? writer.Write(row!, patient)
        // Every stored row has been read before: an index of another version of this plug-in is not opened.
        : throw new SourceFaultException(SourceFaultCodes.BadAnswer);

    private IndexReader Ask(Func<IndexFile, IndexReader> open) => Guarded(() => open(file));

    private T Ask<T>(IndexReader view, Func<IndexReader, T> question) => Guarded(() => question(view));

    private T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException fault)
        {
            if (IndexFile.IsDamage(fault))
                exports.Discard();
            throw IndexFile.Fault();
        }
    }
}
