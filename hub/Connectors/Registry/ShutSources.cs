using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Connectors.Registry;

/// <summary>
/// Shuts a source that gave data of another patient (state <see cref="SourceState.Quarantined"/>). The mark outlives the hub: only a changed entry
/// in <c>plugins.json</c> or an operator lets the source in again, never a restart. Items nobody can read are another matter: <c>hub/Quarantine</c>.
/// </summary>
internal sealed class ShutSources(IOptions<ConnectorsOptions> options, ILogger<ShutSources> logger)
{
    private const string MarkFile = "quarantined";

    public void Shut(Source source)
    {
        if (!source.Health.Observe(SourceState.Quarantined, Calls.CallReasons.WrongPatient))
            return;
        logger.SourceShutForPatient(source.Id);
        try
        {
            Directory.CreateDirectory(FolderOf(source.Id));
            File.WriteAllText(MarkOf(source.Id), source.Fingerprint);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            logger.ShutNotKept(source.Id, fault.GetType().Name);
        }
    }

    /// <summary>True when the source was shut under this very entry of <c>plugins.json</c>.</summary>
    public bool Holds(string sourceId, string fingerprint)
    {
        try
        {
            return File.Exists(MarkOf(sourceId)) && File.ReadAllText(MarkOf(sourceId)) == fingerprint;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // An unreadable mark is a mark.
            return true;
        }
    }

    public void Lift(string sourceId)
    {
        if (File.Exists(MarkOf(sourceId)))
            File.Delete(MarkOf(sourceId));
    }

    private string FolderOf(string sourceId) => Path.Combine(options.Value.StateFolder, "sources", sourceId);

    private string MarkOf(string sourceId) => Path.Combine(FolderOf(sourceId), MarkFile);
}
