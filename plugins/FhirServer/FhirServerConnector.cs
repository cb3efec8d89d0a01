using DmpFederation.Sdk;

namespace DmpFederation.Plugins.FhirServer;

/// <summary>One FHIR R4 server as a source that is read.</summary>
internal class FhirServerConnector : ISourceConnector, IIdentityLookup, IDocumentContent, IPatientDirectory, IChangeFeed
{
    private readonly FhirEndpoint endpoint;
    private readonly PatientFinder finder;
    private readonly DossierSearch dossiers;
    private readonly DocumentOpener documents;
    private readonly PatientDirectory directory;
    private readonly HistoryFeed history;

    public FhirServerConnector(FhirServerSettings settings, SourceContext context)
    {
        endpoint = new FhirEndpoint(context.Http, settings);
        var pager = new BundlePager(endpoint, settings);
        finder = new PatientFinder(endpoint, pager, settings);
        dossiers = new DossierSearch(endpoint, pager, finder, new ServerTypes(endpoint, settings, context.Clock), settings);
        documents = new DocumentOpener(endpoint, finder);
        directory = new PatientDirectory(endpoint, pager, context.PatientKeySystems, settings);
        history = new HistoryFeed(endpoint, finder, context.PatientKeySystems, settings);
        Writes = new ConditionalCreate(endpoint, pager, finder, new CreatableTypes(endpoint, context.Clock));
    }

    /// <summary>Writing, for the connector that may.</summary>
    protected ConditionalCreate Writes { get; }

    public async ValueTask ProbeAsync(CancellationToken cancellationToken)
    {
        var answer = await endpoint.GetAsync("metadata?_summary=true", cancellationToken);
        if (answer.Fault is { } fault)
            throw new SourceFaultException(fault);
        try
        {
            if (ResourceHead.Read(answer.Body).Type == "CapabilityStatement")
                return;
        }
        catch (Exception broken) when (broken is System.Text.Json.JsonException or InvalidOperationException)
        {
            throw new SourceFaultException(SourceFaultCodes.BadAnswer);
        }
        throw new SourceFaultException(SourceFaultCodes.BadAnswer);
    }

    public IAsyncEnumerable<ReadItem> ReadAsync(ReadRequest request, CancellationToken cancellationToken) =>
        dossiers.ReadAsync(request, cancellationToken);

    public async IAsyncEnumerable<PatientTraits> FindTraitsAsync(
        PatientKey key, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var record in (await finder.FindAsync([key], cancellationToken)).Records)
            yield return record.TraitsFor(key);
    }

    public ValueTask<DocumentContent?> OpenContentAsync(PatientKey patient, string localId, CancellationToken cancellationToken) =>
        documents.OpenAsync(patient, localId, cancellationToken);

    public IAsyncEnumerable<PatientKey> ListPatientsAsync(PatientPartition partition, PatientKey? after, CancellationToken cancellationToken) =>
        directory.ListAsync(partition, after, cancellationToken);

    public ValueTask<string> CurrentCursorAsync(CancellationToken cancellationToken) => history.CurrentCursorAsync(cancellationToken);

    public IAsyncEnumerable<SourceChange> ReadChangesAsync(string? cursor, CancellationToken cancellationToken) =>
        history.ReadAsync(cursor, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>The same where the settings say that the server takes new facts: a capability is declared by its type.</summary>
internal sealed class FhirServerWriter(FhirServerSettings settings, SourceContext context)
    : FhirServerConnector(settings, context), IEntryWriter
{
    public ValueTask<string> WriteAsync(DossierEntry entry, string idempotencyKey, CancellationToken cancellationToken) =>
        Writes.WriteAsync(entry, idempotencyKey, cancellationToken);
}
