using System.Runtime.InteropServices;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Connectors.Calls;

/// <summary>
/// One item read again: by the connector when it can, else by the plug-in, else as a file. It counts as read only when every part of it was, and
/// when all that came out is of the patient it was filed under.
/// </summary>
internal sealed class ReplayWork(IConnectorPlugin plugin, Unreadable item) : IConnectorWork
{
    public const string SourceShut = "SOURCE_SHUT";
    public const string CannotReplay = "CANNOT_REPLAY";
    public const string NoEntry = "NO_ENTRY";
    private const int MostItems = 100_000;
    private const int LongestReason = 500;

    private readonly Lock gate = new();
    private int seen;
    private int entries;
    private (string Code, string Reason)? problem;
    private bool closed;

    public async Task RunAsync(ISourceConnector connector, CancellationToken cancellationToken)
    {
        if (Reading(connector, cancellationToken) is not { } reading)
        {
            Add((CannotReplay, "The plug-in can neither replay items nor preview files."));
            return;
        }
        await foreach (var read in reading.WithCancellation(cancellationToken))
        {
            if (!Add(read))
                return;
        }
    }

    /// <summary>Shuts, and says what came of it. The version is the caller's to add.</summary>
    public ReplayOutcome Close(CallEnd end)
    {
        lock (gate)
        {
            closed = true;
            if (end.DeadlinePassed)
                problem ??= (CallReasons.Deadline, "The plug-in did not read the item in time.");
            else if (end.Fault is { } fault)
                problem ??= (fault, "The plug-in failed while it read the item.");
            else if (entries == 0)
                problem ??= (NoEntry, "The item was read and holds nothing the hub would show.");
            return problem is { } why ? new ReplayOutcome(0, why.Code, why.Reason, null) : new ReplayOutcome(entries, null, null, null);
        }
    }

    private IAsyncEnumerable<ReadItem>? Reading(ISourceConnector connector, CancellationToken cancellationToken)
    {
        if (connector is IItemReplay own)
            return own.ReplayAsync(item, cancellationToken);
        if (plugin is IItemReplay shared)
            return shared.ReplayAsync(item, cancellationToken);
        return plugin is IFilePreview files ? files.PreviewAsync(FileName(), Content(), cancellationToken) : null;
    }

    /// <summary>A hint for the format: the last part of the position, without what was said after the file's name.</summary>
    private string FileName()
    {
        var place = (item.Position ?? item.LocalId ?? "item").Split(',', ' ')[0];
        return place[(place.LastIndexOfAny(['/', '\\']) + 1)..];
    }

    private MemoryStream Content() => MemoryMarshal.TryGetArray(item.Raw, out var array)
        ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
        : new MemoryStream(item.Raw.ToArray(), writable: false);

    private bool Add(ReadItem? read)
    {
        if (++seen > MostItems)
            return Add((SourceFaultCodes.TooLarge, "More came out of the item than the hub takes."));
        switch (read)
        {
            case DossierEntry entry when EntryCheck.Problem(entry) is { } broken:
                return Add((broken.Code, $"The connector's entry {broken.Broken}."));
            case DossierEntry entry when OfAnother(entry.FiledUnder) || entry.Subject is { } subject && OfAnother(subject):
                return Add((CallReasons.WrongPatient, "The item names another patient than the one it was filed under."));
            case DossierEntry:
                lock (gate)
                    entries++;
                return true;
            case Unreadable still:
                return Add((CallReasons.Safe(still.Code), Short(still.Reason)));
            case ReadGap part:
                return Add((CallReasons.Safe(part.Code), "A part of the item could not be read."));
            case PatientFound or PatientUnknown or SourceAsOf:
                // Traits are compared when the dossier is read; here only the keys count.
                return true;
            default:
                return Add((CallReasons.BadEntry, "The plug-in yielded something that is no item of the contract."));
        }
    }

    /// <summary>False when no more is wanted: the first problem is the one to fix.</summary>
    private bool Add((string Code, string Reason) found)
    {
        lock (gate)
        {
            if (!closed)
                problem ??= found;
            return false;
        }
    }

    /// <summary>Keys of different systems cannot be compared here; the read path compares them with the certified identity.</summary>
    private bool OfAnother(PatientKey key) => item.Patient is { } patient && key.System == patient.System && key.Value != patient.Value;

    private static string Short(string? reason) =>
        reason is null ? "" : reason.Length <= LongestReason ? reason : reason[..LongestReason];
}
