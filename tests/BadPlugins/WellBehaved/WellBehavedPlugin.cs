using System.Runtime.CompilerServices;
using System.Text;
using DmpFederation.Sdk;

namespace DmpFederation.BadPlugins.WellBehaved;

public sealed class WellBehavedPlugin : IConnectorPlugin, IFilePreview
{
    public ISourceConnector Open(SourceContext context) => new WellBehavedConnector(context);

    public async IAsyncEnumerable<ReadItem> PreviewAsync(
        string fileName, Stream content, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(content, Encoding.UTF8, leaveOpen: true);
        var patient = new PatientKey(PatientKeySystems.InsNirTest, "279035121518989");
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Length == 0)
                yield return new Unreadable { Code = "EMPTY_LINE", Reason = "The line is empty." };
            else
                yield return WellBehavedConnector.Entry(patient, line, line);
        }
    }
}

internal sealed class WellBehavedConnector(SourceContext context) : ISourceConnector, IIdentityLookup
{
    private readonly Timer timer = new(static _ => { }, null, TimeSpan.FromHours(1), TimeSpan.FromHours(1));
    private readonly int count = context.Settings.Integer("entries", 3);
    private readonly string title = context.Settings.Find("title") ?? context.SourceId;

    public ValueTask ProbeAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public async IAsyncEnumerable<ReadItem> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var patient in request.Patients)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            for (var at = 0; at < count; at++)
                yield return Entry(patient.Key, $"fact-{at}", title);
        }
    }

    public async IAsyncEnumerable<PatientTraits> FindTraitsAsync(PatientKey key, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        yield return new PatientTraits { BirthName = "DURAND", Keys = [key], Status = IdentityStatus.Provisional };
    }

    public ValueTask DisposeAsync() => timer.DisposeAsync();

    internal static DossierEntry Entry(PatientKey patient, string localId, string title) => new()
    {
        LocalId = localId,
        FiledUnder = patient,
        Category = EntryCategory.Condition,
        Resource = Encoding.UTF8.GetBytes("""{"resourceType":"Condition"}"""),
        Title = title,
        Codings = [new Coding("http://hl7.org/fhir/sid/icd-10", "E11"), new Coding(null, "diabetes")],
    };
}
