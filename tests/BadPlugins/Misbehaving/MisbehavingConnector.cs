using System.Runtime.CompilerServices;
using System.Text;
using DmpFederation.Sdk;

namespace DmpFederation.BadPlugins.Misbehaving;

internal sealed class MisbehavingConnector(string behaviour, int count) : ISourceConnector, IIdentityLookup
{
    private static int reads;

    private readonly ManualResetEventSlim released = new();
    private int failures;

    public ValueTask ProbeAsync(CancellationToken cancellationToken) => behaviour switch
    {
        "fails-probe" => throw new SourceFaultException(SourceFaultCodes.Refused),
        "hangs-in-probe" => new ValueTask(Task.Delay(Timeout.Infinite, CancellationToken.None)),
        _ => ValueTask.CompletedTask,
    };

    public IAsyncEnumerable<ReadItem> ReadAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        var patient = request.Patients[0].Key;
        return behaviour switch
        {
            "throws-on-read" => throw new InvalidOperationException("planted: patient 279035121518989"),
            "yields-no-stream" => null!,
            "blocks-thread" => Block(released),
            "blocks-for-good" => Block(new ManualResetEventSlim()),
            "throws-mid-stream" => ThrowMidStream(patient, new InvalidOperationException("planted: patient 279035121518989")),
            "faults-mid-stream" => ThrowMidStream(patient, new SourceFaultException("PAGE_FAILED")),
            "leaks-in-code" => ThrowMidStream(patient, new SourceFaultException("PLANTED_279035121518989")),
            "throws-http" => ThrowMidStream(patient, new HttpRequestException("planted: patient 279035121518989")),
            "hangs" => Hang(patient),
            "ignores-token" => Drip(patient, CancellationToken.None),
            "drips" => Drip(patient, cancellationToken),
            "leaks-patient" => Leak(patient),
            "leaks-subject" => LeakSubject(patient),
            "endless" => Endless(patient),
            "yields-null" => YieldNull(patient),
            "hollow-entries" => Hollow(patient),
            "fails-first" when Interlocked.Increment(ref failures) <= count => throw new SourceFaultException(SourceFaultCodes.Unreachable),
            "unstable-ids" => Many(patient, Interlocked.Increment(ref reads)),
            _ => Many(patient, 0),
        };
    }

    public async IAsyncEnumerable<PatientTraits> FindTraitsAsync(PatientKey key, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        yield return new PatientTraits { Keys = [behaviour == "leaks-traits" ? Other(key) : key] };
        if (behaviour == "hangs")
            await Task.Delay(Timeout.Infinite, CancellationToken.None);
    }

    public ValueTask DisposeAsync()
    {
        released.Set();
        return behaviour == "throws-on-close" ? throw new InvalidOperationException("secret-of-the-plug-in") : ValueTask.CompletedTask;
    }

    private static PatientKey Other(PatientKey patient) => patient with { Value = "255069938600149" };

    private static DossierEntry Entry(PatientKey patient, string localId, PatientKey? subject = null) => new()
    {
        LocalId = localId,
        FiledUnder = patient,
        Category = EntryCategory.Condition,
        Resource = Encoding.UTF8.GetBytes("""{"resourceType":"Condition"}"""),
        Title = "Diabète de type 2",
        Subject = subject,
    };

    private static IAsyncEnumerable<ReadItem> Block(ManualResetEventSlim gate)
    {
        gate.Wait();
        throw new InvalidOperationException("released");
    }

    private static async IAsyncEnumerable<ReadItem> ThrowMidStream(PatientKey patient, Exception fault)
    {
        yield return Entry(patient, "before");
        await Task.Yield();
        throw fault;
    }

    private async IAsyncEnumerable<ReadItem> Hang(PatientKey patient)
    {
        for (var at = 0; at < count; at++)
            yield return Entry(patient, $"before-{at}");
        await Task.Delay(Timeout.Infinite, CancellationToken.None);
    }

    private static async IAsyncEnumerable<ReadItem> Drip(PatientKey patient, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var at = 0; ; at++)
        {
            yield return Entry(patient, $"drop-{at}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }
    }

    private static async IAsyncEnumerable<ReadItem> Leak(PatientKey patient)
    {
        yield return Entry(patient, "own");
        await Task.Yield();
        yield return Entry(Other(patient), "another");
    }

    private static async IAsyncEnumerable<ReadItem> LeakSubject(PatientKey patient)
    {
        yield return Entry(patient, "own", patient);
        await Task.Yield();
        yield return Entry(patient, "another", Other(patient));
    }

    private static async IAsyncEnumerable<ReadItem> Endless(PatientKey patient)
    {
        await Task.Yield();
        for (var at = 0; ; at++)
            yield return Entry(patient, $"fact-{at}");
    }

    private static async IAsyncEnumerable<ReadItem> YieldNull(PatientKey patient)
    {
        yield return Entry(patient, "own");
        await Task.Yield();
        yield return null!;
    }

    private static async IAsyncEnumerable<ReadItem> Hollow(PatientKey patient)
    {
        yield return Entry(patient, "own");
        await Task.Yield();
        yield return new DossierEntry { LocalId = null!, FiledUnder = patient, Category = EntryCategory.Other, Resource = new byte[] { 1 }, Title = "t" };
        yield return new DossierEntry { LocalId = "a", FiledUnder = default, Category = EntryCategory.Other, Resource = new byte[] { 1 }, Title = "t" };
        yield return new DossierEntry { LocalId = "b", FiledUnder = patient, Category = EntryCategory.Other, Resource = default, Title = "t" };
        yield return new DossierEntry { LocalId = "c", FiledUnder = patient, Category = EntryCategory.Other, Resource = new byte[] { 1 }, Title = null! };
        yield return new DossierEntry { LocalId = "d", FiledUnder = patient, Category = (EntryCategory)99, Resource = new byte[] { 1 }, Title = "t" };
    }

    private async IAsyncEnumerable<ReadItem> Many(PatientKey patient, int read)
    {
        await Task.Yield();
        for (var at = 0; at < count; at++)
            yield return Entry(patient, $"fact-{read}-{at}");
    }
}
