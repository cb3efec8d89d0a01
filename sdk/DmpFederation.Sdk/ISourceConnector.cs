namespace DmpFederation.Sdk;

/// <summary>
/// The entry point of a plug-in: exactly one public class with a public parameterless constructor implements it. Its constructor does no I/O.
/// Beside it a plug-in may implement <see cref="IFilePreview"/> and <see cref="IItemReplay"/>.
/// </summary>
public interface IConnectorPlugin
{
    /// <summary>
    /// Opens one configured source. Called once per source, possibly several times with other settings; does no I/O and does not block.
    /// </summary>
    /// <param name="context">Settings and facilities of the source.</param>
    /// <returns>A connector the hub disposes when the source is removed, reconfigured or the plug-in unloaded.</returns>
    /// <exception cref="SourceSettingsException">A setting is missing or unusable; the message names it.</exception>
    ISourceConnector Open(SourceContext context);
}

/// <summary>
/// One open source. The core every connector implements; what else its legacy can do it declares by implementing <see cref="IIdentityLookup"/>,
/// <see cref="IDocumentContent"/>, <see cref="IPatientDirectory"/>, <see cref="IChangeFeed"/> or <see cref="IEntryWriter"/>.
/// Members are called from many threads at once. They must not keep the entries they hand out.
/// </summary>
public interface ISourceConnector : IAsyncDisposable
{
    /// <summary>Asks the legacy system, as cheaply as it allows and without patient data, whether it answers.</summary>
    /// <exception cref="SourceFaultException">It does not.</exception>
    ValueTask ProbeAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Streams what the source holds of the patients asked for, in any order, as it arrives. A patient the source does not know yields one
    /// <see cref="PatientUnknown"/>. What cannot be read yields <see cref="Unreadable"/> and the rest goes on. Stops within a second of
    /// cancellation. The filters of the request are hints: entries outside them may be yielded and the hub drops them.
    /// </summary>
    /// <exception cref="SourceFaultException">The source as a whole could not be read; what was yielded before still counts.</exception>
    IAsyncEnumerable<ReadItem> ReadAsync(ReadRequest request, CancellationToken cancellationToken);
}

/// <summary>One patient of a request.</summary>
/// <param name="Key">The key, of a system the source declares to understand.</param>
/// <param name="CertifiedTraits">
/// Certified identity traits, for sources that file under local ids and match by traits. Null when the hub has none.
/// </param>
public sealed record PatientQuery(PatientKey Key, PatientTraits? CertifiedTraits = null)
{
    /// <summary>Hides key and traits.</summary>
    public override string ToString() => $"PatientQuery({Key})";
}

/// <summary>What the hub asks of a source.</summary>
/// <param name="Patients">One or more patients. A source that cannot ask for many at once asks for one after another.</param>
public sealed record ReadRequest(IReadOnlyList<PatientQuery> Patients)
{
    /// <summary>Categories wanted; empty means all.</summary>
    public IReadOnlyList<EntryCategory> Categories { get; init; } = [];

    /// <summary>Earliest clinical date wanted; null for no bound. Undated entries are always wanted.</summary>
    public FhirDate? From { get; init; }

    /// <summary>Latest clinical date wanted; null for no bound.</summary>
    public FhirDate? To { get; init; }

    /// <summary>Hides the patients.</summary>
    public override string ToString() => $"ReadRequest({Patients.Count} patients)";
}
