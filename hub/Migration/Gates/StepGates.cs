using DmpFederation.Hub.Migration.Steps;

namespace DmpFederation.Hub.Migration.Gates;

/// <summary>All gates, as one question.</summary>
internal sealed class StepGates(IEnumerable<IMigrationGate> gates)
{
    public async Task<MissingEvidence> MissingAsync(WantedStep step, CancellationToken cancellationToken)
    {
        var codes = new List<string>();
        foreach (var gate in gates)
            codes.AddRange(await gate.MissingAsync(step, cancellationToken));
        return new MissingEvidence(step.Slice.Id, step.To, [.. codes.Distinct(StringComparer.Ordinal)]);
    }
}
