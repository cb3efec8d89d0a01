using System.Runtime.CompilerServices;
using System.Text;
using DmpFederation.Sdk;

namespace DmpFederation.Samples.HelloConnector;

/// <summary>A network that keeps one file per patient, <c>INS.ndjson</c>, with one FHIR R4 resource per line.</summary>
public sealed class HelloConnectorPlugin : IConnectorPlugin
{
    public ISourceConnector Open(SourceContext context) => new HelloConnector(context.Settings.Text("folder"));
}

internal sealed class HelloConnector(string folder) : ISourceConnector
{
    public ValueTask ProbeAsync(CancellationToken cancellationToken) =>
        Directory.Exists(folder) ? ValueTask.CompletedTask : throw new SourceFaultException(SourceFaultCodes.Unreachable);

    public async IAsyncEnumerable<ReadItem> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await ProbeAsync(cancellationToken);
        foreach (var patient in request.Patients)
        {
            var file = Path.Combine(folder, patient.Key.Value + ".ndjson");
            if (!patient.Key.Value.All(char.IsAsciiLetterOrDigit) || !File.Exists(file))
                yield return new PatientUnknown(patient.Key);
            else
                await foreach (var line in File.ReadLinesAsync(file, cancellationToken))
                    yield return Entry(Encoding.UTF8.GetBytes(line), patient.Key);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static ReadItem Entry(byte[] resource, PatientKey patient)
    {
        try
        {
            return DossierEntry.FromJson(resource, new EntryContext(patient));
        }
        catch (EntryFormatException fault)
        {
            return new Unreadable { Code = fault.Code, Reason = fault.Message, Raw = resource, Patient = patient };
        }
    }
}
