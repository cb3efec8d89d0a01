using System.Runtime.CompilerServices;

namespace DmpFederation.Sdk.Tests.Readme;

// README
public sealed class CareNotePlugin : IConnectorPlugin
{
    public ISourceConnector Open(SourceContext context) => new CareNoteConnector(context.Settings.Text("folder"));
}

internal sealed class CareNoteConnector(string folder) : ISourceConnector
{
    public ValueTask ProbeAsync(CancellationToken cancellationToken) =>
        Directory.Exists(folder) ? ValueTask.CompletedTask : throw new SourceFaultException(SourceFaultCodes.Unreachable);

    public async IAsyncEnumerable<ReadItem> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var patient in request.Patients)
        {
            // One folder per patient, one FHIR resource per file. The key is checked by the hub; a path is not made of anything else.
            var files = new DirectoryInfo(Path.Combine(folder, patient.Key.Value));
            if (!files.Exists)
                yield return new PatientUnknown(patient.Key);
            else
            {
                foreach (var file in files.EnumerateFiles("*.json"))
                    yield return Read(file.Name, await File.ReadAllBytesAsync(file.FullName, cancellationToken), patient.Key);
            }
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static ReadItem Read(string name, byte[] bytes, PatientKey patient)
    {
        try
        {
            return DossierEntry.FromJson(bytes, new EntryContext(FiledUnder: patient));
        }
        catch (EntryFormatException fault)
        {
            return new Unreadable { Code = fault.Code, Reason = fault.Message, Position = name, Raw = bytes, Patient = patient };
        }
    }
}
// end of README
