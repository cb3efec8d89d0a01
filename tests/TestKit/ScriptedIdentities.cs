using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Connectors.Calls;
using DmpFederation.Hub.Federation;
using DmpFederation.Sdk;

namespace DmpFederation.TestKit;

/// <summary>Stands at the border of identity lookups: says whom a source files under a key as the test says.</summary>
internal sealed class ScriptedIdentities : ISourceIdentityReader
{
    public Func<PatientKey, IReadOnlyList<PatientTraits>> Persons { get; set; } = static _ => [];

    /// <summary>Why no source answers; null while they do.</summary>
    public string? Outage { get; set; }

    public Task<IdentityOutcome> FindAsync(Source source, PatientKey key, TimeSpan deadline, CancellationToken cancellationToken) =>
        Task.FromResult(new IdentityOutcome
        {
            Source = source,
            Status = Outage is null ? SourceStatus.Answered : SourceStatus.TimedOut,
            Reason = Outage,
            Persons = Outage is null ? Persons(key) : [],
        });
}
