using System.Runtime.CompilerServices;
using System.Text;
using DmpFederation.Sdk;

namespace DmpFederation.BadPlugins.HalfReader;

/// <summary>
/// A source of invented notes: one every build can read, and some that only the fixed build (same id, next version) can. Holds no legacy system.
/// </summary>
public sealed class HalfReaderPlugin : IConnectorPlugin
{
    public ISourceConnector Open(SourceContext context) => new HalfReaderConnector(context.Settings);
}

internal sealed class HalfReaderConnector(SourceSettings settings) : ISourceConnector, IItemReplay
{
#if FIXED
    private const bool ReadsAll = true;
#else
    private const bool ReadsAll = false;
#endif

    private readonly int hard = settings.Integer("hard", 1);
    private readonly int bytes = settings.Integer("bytes", 0);
    private readonly bool brokenJson = settings.Find("brokenJson") == "true";

    public ValueTask ProbeAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public async IAsyncEnumerable<ReadItem> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var patient in request.Patients)
        {
            await Task.Yield();
            yield return Entry(patient.Key, "easy", """{"resourceType":"Condition"}""");
            if (brokenJson)
                yield return Entry(patient.Key, "cut", """{"resourceType":"Condition","note":"DURAND""");
            for (var at = 0; at < hard; at++)
                yield return Read(patient.Key, $"note-{at}", Note(patient.Key, at));
        }
    }

    public async IAsyncEnumerable<ReadItem> ReplayAsync(Unreadable item, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        yield return Read(item.Patient!.Value, item.LocalId!, item.Raw);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static ReadItem Read(PatientKey patient, string localId, ReadOnlyMemory<byte> note) => ReadsAll
        ? Entry(patient, localId, """{"resourceType":"Condition"}""")
        : new Unreadable
        {
            Code = "HALF_READ",
            Reason = "The note is in a form this build does not know.",
            Position = $"notes/{patient.Value}/{localId}.txt",
            Raw = note,
            Patient = patient,
            LocalId = localId,
        };

    private byte[] Note(PatientKey patient, int at)
    {
        var text = Encoding.UTF8.GetBytes($"NOTE {at} DE DURAND {patient.Value}");
        Array.Resize(ref text, Math.Max(text.Length, bytes));
        return text;
    }

    private static DossierEntry Entry(PatientKey patient, string localId, string resource) => new()
    {
        LocalId = localId,
        FiledUnder = patient,
        Category = EntryCategory.Condition,
        Resource = Encoding.UTF8.GetBytes(resource),
        Title = "Diabète de type 2",
    };
}
