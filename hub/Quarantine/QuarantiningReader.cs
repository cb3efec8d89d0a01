using DmpFederation.Hub.Connectors;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Quarantine;

/// <summary>Hands what a read could not make sense of to the quarantine. The outcome goes on unchanged: the dossier says what is missing.</summary>
internal sealed class QuarantiningReader(ISourceReader inner, IQuarantineIntake intake) : ISourceReader
{
    public async Task<SourceOutcome> ReadAsync(Source source, ReadRequest request, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var outcome = await inner.ReadAsync(source, request, deadline, cancellationToken);
        if (outcome.Unreadable.Count > 0)
            intake.Offer(outcome.Source, outcome.Unreadable);
        return outcome;
    }
}
