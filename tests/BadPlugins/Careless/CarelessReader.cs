using System.Runtime.CompilerServices;
using System.Text;
using DmpFederation.Sdk;

namespace DmpFederation.BadPlugins.Careless;

/// <summary>Reads the legacy's file of each patient, rightly but for its defects.</summary>
internal class CarelessReader(LegacyStore store, Defects defects) : ISourceConnector
{
    private readonly ManualResetEventSlim released = new();
    private readonly TaskCompletionSource never = new();
    private int atOnce;
    private int reads;
    private bool disposed;

    protected LegacyStore Store => store;

    protected Defects Defects => defects;

    public async ValueTask ProbeAsync(CancellationToken cancellationToken)
    {
        if (defects.Has("probe-lies"))
            return;
        var token = defects.Has("ignores-cancellation-in-probe") ? CancellationToken.None : cancellationToken;
        if (await store.FindAsync("health", token) is not { Length: > 0 })
            throw new SourceFaultException(SourceFaultCodes.BadAnswer);
    }

    public async IAsyncEnumerable<ReadItem> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (defects.Has("hangs") || (disposed && defects.Has("hangs-after-dispose")))
            await never.Task;
        if (defects.Has("blocks-thread"))
            released.Wait(CancellationToken.None);
        var token = defects.Has("ignores-cancellation") ? CancellationToken.None : cancellationToken;
        var turn = Interlocked.Increment(ref reads);
        var alone = Interlocked.Increment(ref atOnce) == 1;
        var handing = false;
        try
        {
            foreach (var patient in defects.Has("first-patient-only") ? request.Patients.Take(1) : request.Patients)
            {
                foreach (var item in await ItemsAsync(patient.Key, request, turn, token))
                {
                    handing = true;
                    yield return item;
                    handing = false;
                }
            }
            if (defects.Has("serves-one-reader") && !alone)
                throw new SourceFaultException("ALREADY_READING");
            for (var at = 0; defects.Has("endless-entries"); at++)
                yield return Lines.Item($$"""{"resourceType":"Condition","id":"more-{{at}}"}""", request.Patients[0].Key);
        }
        finally
        {
            Interlocked.Decrement(ref atOnce);
            if (defects.Has("holds-on-leaving") && handing && !cancellationToken.IsCancellationRequested)
                await never.Task;
        }
    }

    public ValueTask DisposeAsync()
    {
        released.Set();
        if (disposed && defects.Has("disposes-once"))
            throw new ObjectDisposedException(nameof(CarelessReader));
        disposed = true;
        return ValueTask.CompletedTask;
    }

    protected async Task<IReadOnlyList<string>?> LinesAsync(PatientKey patient, CancellationToken cancellationToken) =>
        await store.FindAsync($"patients/{patient.Value}.ndjson", cancellationToken) is { } file ? [.. Lines.Of(file)] : null;

    private async Task<IReadOnlyList<ReadItem>> ItemsAsync(PatientKey patient, ReadRequest request, int turn, CancellationToken cancellationToken)
    {
        if (defects.Has("throws"))
            throw new InvalidOperationException($"planted: patient {patient.Value}");
        if (await LinesAsync(patient, cancellationToken) is not { } lines)
            return defects.Has("unknown-is-silent") ? [] : [new PatientUnknown(patient)];
        if (lines.Count == 0 && defects.Has("known-is-unknown"))
            return [new PatientUnknown(patient)];
        if (defects.Has("loses-entries"))
            lines = [.. lines.Where(line => !line.Contains("\"c2\"", StringComparison.Ordinal))];
        var items = lines.Select(line => Lines.Item(Changed(line, turn), patient)).ToList();
        if ((defects.Has("cut-is-whole") || defects.Has("swallows-too-large")) && items is [.., Unreadable] && lines[^1][0] == '{')
            items.RemoveAt(items.Count - 1);
        if (defects.Has(items.TrueForAll(item => item is Unreadable) ? "garbage-is-skipped" : "drops-damaged"))
            items.RemoveAll(item => item is Unreadable);
        if (defects.Has("reason-names-patient"))
            items = items.ConvertAll(item => item is Unreadable bad ? Telling(bad, patient) : item);
        if (defects.Has("filters-harmful") && request.From is not null)
            items.RemoveAll(item => item is DossierEntry { Date: null });
        return [.. items, .. Extra(patient)];
    }

    private string Changed(string line, int turn)
    {
        if (defects.Has("unstable-ids") && turn > 3)
            return line.Replace("\"id\":\"", $"\"id\":\"t{turn}-", StringComparison.Ordinal);
        return defects.Has("unstable-bytes") ? line.Replace("}", " }", StringComparison.Ordinal).Replace("{", "{" + new string(' ', turn),
            StringComparison.Ordinal) : line;
    }

    private static Unreadable Telling(Unreadable item, PatientKey patient) =>
        new() { Code = item.Code, Reason = $"A line of {patient.Value} is no FHIR resource.", Raw = item.Raw, Patient = patient };

    private IEnumerable<ReadItem> Extra(PatientKey patient)
    {
        if (defects.Has("yields-null"))
            yield return null!;
        if (defects.Has("leaks-patient"))
            yield return Lines.Item("""{"resourceType":"Condition","id":"another"}""", patient with { Value = "255069938600149" });
        if (defects.Has("leaks-subject"))
        {
            const string Subject = """{"identifier":{"system":"urn:oid:1.2.250.1.213.1.4.10","value":"255069938600149"}}""";
            yield return Lines.Item($$"""{"resourceType":"Condition","id":"another","subject":{{Subject}}}""", patient);
        }
        if (defects.Has("hollow-entries"))
        {
            yield return new DossierEntry
            {
                LocalId = "hollow",
                FiledUnder = patient,
                Category = EntryCategory.Medication,
                Title = "",
                Resource = Encoding.UTF8.GetBytes("[]"),
            };
        }
    }
}
