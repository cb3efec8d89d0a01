using System.Globalization;
using System.Runtime.CompilerServices;
using DmpFederation.Plugins.DossierPharmaceutique.Database;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.DossierPharmaceutique;

/// <summary>
/// One dossier pharmaceutique. What may not be shown (refused and cancelled lines, lines out of their window, closed dossiers, the pharmacy) does not
/// leave the database: neither a count nor an order nor an error tells whether there is any.
/// </summary>
internal sealed class DossierPharmaceutiqueConnector(DpDatabase database, VisibleWindows windows, SourceContext context)
    : ISourceConnector, IPatientDirectory, IChangeFeed
{
    private const int PatientsPerQuestion = 500;
    private const int RowsPerPage = 1_000;

    /// <summary>The system of keys the connector itself names: the host keeps the number without its OID.</summary>
    private readonly string keySystem = context.PatientKeySystems.FirstOrDefault(IsMatricule) ?? PatientKeySystems.InsNir;

    public async ValueTask ProbeAsync(CancellationToken cancellationToken)
    {
        await using var query = await DpQuery.RunAsync(database, DpSql.Probe, [], cancellationToken);
        await query.NextAsync();
    }

    public async IAsyncEnumerable<ReadItem> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lines = request.Categories.Count == 0 || request.Categories.Contains(EntryCategory.Medication);
        foreach (var patients in request.Patients.Chunk(PatientsPerQuestion))
        {
            await foreach (var item in ReadAsync(patients, lines, cancellationToken))
                yield return item;
        }
    }

    public async IAsyncEnumerable<PatientKey> ListPatientsAsync(
        PatientPartition partition, PatientKey? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = after?.Value ?? "";
        for (var page = RowsPerPage; page == RowsPerPage;)
        {
            page = 0;
            await using var query = await DpQuery.RunAsync(
                database, DpSql.Patients, [("after", last), ("limit", (long)RowsPerPage)], cancellationToken);
            while (await query.NextAsync())
            {
                page++;
                last = query.Text(0)!;
                var key = new PatientKey(keySystem, last);
                if (partition.Contains(key))
                    yield return key;
            }
        }
    }

    public async ValueTask<string> CurrentCursorAsync(CancellationToken cancellationToken) =>
        Cursor((await JournalEndsAsync(cancellationToken)).Last);

    public async IAsyncEnumerable<SourceChange> ReadChangesAsync(string? cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (last, first) = await JournalEndsAsync(cancellationToken);
        var after = 0L;
        // A cursor beyond the end is one of another database (a restored backup): following it would miss changes.
        if (cursor is not null && (!long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out after) || after > last))
            throw new SourceFaultException(SourceFaultCodes.CursorExpired);
        if (after < (first ?? last + 1) - 1)
            throw new SourceFaultException(SourceFaultCodes.CursorExpired);

        using var writer = new DispensationWriter();
        for (var page = RowsPerPage; page == RowsPerPage;)
        {
            page = 0;
            await using var query = await DpQuery.RunAsync(
                database, DpSql.Changes, [.. Windows(), ("after", after), ("last", last), ("limit", (long)RowsPerPage)], cancellationToken);
            while (await query.NextAsync())
            {
                page++;
                after = query.Number(0)!.Value;
                if (Change(query, Cursor(after), writer) is { } change)
                    yield return change;
            }
        }
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private async IAsyncEnumerable<ReadItem> ReadAsync(
        PatientQuery[] patients, bool lines, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Several keys may carry one number (INS-NIR and its test system): each is answered for itself.
        var asked = patients.Select(patient => patient.Key).Where(key => IsMatricule(key.System)).ToLookup(key => key.Value);
        var unknown = patients.Select(patient => patient.Key).ToHashSet();
        if (asked.Count > 0)
        {
            var parameters = asked.Select((group, index) => ($"p{index}", (object)group.Key));
            using var writer = new DispensationWriter();
            await using var query = await DpQuery.RunAsync(
                database, DpSql.Lines(asked.Count, lines), lines ? [.. parameters, .. Windows()] : parameters, cancellationToken);
            while (await query.NextAsync())
            {
                // A host that answers about a number nobody asked for is believed about none: passing it over would make the patient unknown.
                if (query.Text(0) is not { } number || !asked.Contains(number))
                    throw new SourceFaultException(SourceFaultCodes.WrongPatient);
                var line = lines ? DispensedLine.Read(query, 1) : null;
                foreach (var key in asked[number])
                {
                    unknown.Remove(key);
                    if (line is { } shown)
                        yield return writer.Write(shown, key);
                }
            }
        }
        foreach (var key in unknown)
            yield return new PatientUnknown(key);
    }

    /// <summary>Null for a change of a line that may not be shown: it was never told of.</summary>
    private SourceChange? Change(DpQuery row, string cursor, DispensationWriter writer)
    {
        var patient = new PatientKey(keySystem, row.Text(3)!);
        if (row.Text(1) == "S")
            return new EntryWithdrawn(cursor, patient, row.Text(2)!);
        return DispensedLine.Read(row, 4) is not { } line ? null : writer.Write(line, patient) switch
        {
            DossierEntry entry => new EntryChanged(cursor, entry),
            Unreadable item => new ItemUnreadable(cursor, item),
            _ => null,
        };
    }

    private async ValueTask<(long Last, long? First)> JournalEndsAsync(CancellationToken cancellationToken)
    {
        await using var query = await DpQuery.RunAsync(database, DpSql.JournalEnds, [], cancellationToken);
        if (!await query.NextAsync() || query.Number(0) is not { } last)
            throw new SourceFaultException(SourceFaultCodes.BadAnswer);
        var first = query.Number(1);
        await query.NextAsync();
        return (last, first);
    }

    private IEnumerable<(string, object)> Windows()
    {
        var (medicines, biologicals, vaccines) = windows.FirstDays(context.Clock);
        return [("medicines", medicines), ("biologicals", biologicals), ("vaccines", vaccines)];
    }

    private static string Cursor(long seq) => seq.ToString(CultureInfo.InvariantCulture);

    private static bool IsMatricule(string system) => PatientKeySystems.IsIns(system) && system != PatientKeySystems.InsC;
}
