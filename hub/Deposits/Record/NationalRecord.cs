using System.Runtime.CompilerServices;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Deposits.Record;

/// <summary>Opens the national record as a source, so that every rule that holds for sources holds for deposits.</summary>
internal sealed class NationalRecordPlugin(IDepositStore store) : IConnectorPlugin
{
    public ISourceConnector Open(SourceContext context) => new NationalRecord(store);
}

/// <summary>Gives deposits as a source gives its entries. Thread-safe.</summary>
internal sealed class NationalRecord(IDepositStore store) : ISourceConnector, IDocumentContent
{
    public async ValueTask ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await store.ProbeAsync(cancellationToken);
        }
        catch (DepositsUnavailableException fault)
        {
            throw new SourceFaultException(fault.Code);
        }
    }

    public async IAsyncEnumerable<ReadItem> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var patient in await HeldAsync(request, cancellationToken))
        {
            if (!patient.IsKnown)
                yield return new PatientUnknown(patient.Key);
            foreach (var deposit in patient.Deposits)
            {
                if (request.Categories.Count == 0 || request.Categories.Contains(deposit.Category))
                    yield return DepositedEntry.Of(deposit, patient.Key);
            }
        }
    }

    public async ValueTask<DocumentContent?> OpenContentAsync(PatientKey patient, string localId, CancellationToken cancellationToken)
    {
        try
        {
            return await store.OpenContentAsync(patient, localId, cancellationToken) is { } content
                ? new DocumentContent(content.ContentType, new MemoryStream(content.Bytes.ToArray(), writable: false))
                {
                    Length = content.Bytes.Length,
                }
                : null;
        }
        catch (DepositsUnavailableException fault)
        {
            throw new SourceFaultException(fault.Code);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<IReadOnlyList<HeldRecord>> HeldAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await store.ReadAsync([.. request.Patients.Select(static patient => patient.Key).Distinct()], cancellationToken);
        }
        catch (DepositsUnavailableException fault)
        {
            throw new SourceFaultException(fault.Code);
        }
    }
}
