using DmpFederation.Hub.Migration.Copying;
using DmpFederation.Hub.Migration.Steps;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Migration.Runner;

/// <summary>Rehearses the way back of a slice until it went well.</summary>
internal sealed class RehearsalTask(Rehearsal rehearsal, IOptions<MigrationOptions> options, TimeProvider clock, ILogger<RehearsalTask> logger)
{
    public async Task RunAsync(SliceWork work, CancellationToken cancellationToken)
    {
        var pauses = new PauseLength(options.Value);
        while (!await rehearsal.RunAsync(work, cancellationToken))
        {
            logger.NotRehearsed(work.Id.ToString());
            await Task.Delay(pauses.Next(), clock, cancellationToken);
        }
    }
}
