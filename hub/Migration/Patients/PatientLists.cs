using System.Runtime.CompilerServices;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Connectors.Calls;
using DmpFederation.Hub.Identity;
using DmpFederation.Hub.Identity.Links;
using DmpFederation.Hub.Migration.Reading;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.Migration.Throttle;
using DmpFederation.Sdk;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Migration.Patients;

/// <summary>
/// Lists the patients of a wave in an order that stays the same: those the source lists (<see cref="IPatientDirectory"/>); without a directory, or
/// where the source matches by traits and files under numbers nobody asks by, the persons the hub knows, by the key a reader would ask by.
/// </summary>
internal sealed class PatientLists(
    ISourceHoldings holdings, IKnownPersons persons, ICertifiedIdentities identities, LegacyThrottles throttles, IOptions<MigrationOptions> options)
{
    /// <param name="source">The source.</param>
    /// <param name="plan">How it is cut.</param>
    /// <param name="wave">The wave.</param>
    /// <param name="after">Position of the last patient seen; null from the start.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LegacyOutageException">The source cannot list its patients now, or identities cannot be asked for.</exception>
    /// <exception cref="MigrationUnavailableException">The persons the hub knows cannot be read.</exception>
    public IAsyncEnumerable<ListedPatient> ListAsync(
        Source source, MigrationPlan plan, Wave wave, string? after, CancellationToken cancellationToken) =>
        wave.Kind == WaveKind.Cohort ? CohortAsync(plan, wave, after)
        : IsListedBySource(source) ? DirectoryAsync(source, plan, wave, after, cancellationToken)
        : KnownAsync(source, plan, wave, after, cancellationToken);

    /// <summary>True when a patient whom the list of the wave leaves out is certainly unknown to the source.</summary>
    public static bool IsWhole(Source source, Wave wave) => wave.Kind == WaveKind.Cohort || IsListedBySource(source);

    /// <summary>True when the source says whom it knows, by the keys it is asked by.</summary>
    public static bool IsListedBySource(Source source) => !source.MatchesByTraits && source.Capabilities.Contains(nameof(IPatientDirectory));

    private async IAsyncEnumerable<ListedPatient> CohortAsync(MigrationPlan plan, Wave wave, string? after)
    {
        await Task.CompletedTask;
        var last = ListPosition.Key(after);
        foreach (var key in wave.Cohort.Where(key => plan.WaveOf(key).Id == wave.Id).OrderBy(static key => key, KeyOrder.Ordinal))
        {
            if (last is not { } seen || KeyOrder.Ordinal.Compare(key, seen) > 0)
                yield return new ListedPatient(key, ListPosition.Of(key));
        }
    }

    private async IAsyncEnumerable<ListedPatient> DirectoryAsync(
        Source source, MigrationPlan plan, Wave wave, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var partition = wave.Kind == WaveKind.Partition ? wave.Partition : PatientPartition.All;
        var last = ListPosition.Key(after);
        for (var ended = false; !ended;)
        {
            await throttles.Of(source.Id).AwakeAsync(cancellationToken);
            var page = await holdings.ListAsync(source, partition, last, options.Value.ListPage, options.Value.ListDeadline, cancellationToken);
            // What came before the break counts; only a call that gave nothing is a standstill.
            if (page.Reason is { } reason && page.Keys.Count == 0)
                throw new LegacyOutageException(reason);
            foreach (var key in page.Keys)
            {
                last = key;
                if (plan.WaveOf(key).Id == wave.Id)
                    yield return new ListedPatient(key, ListPosition.Of(key));
            }
            ended = page.Ended;
        }
    }

    private async IAsyncEnumerable<ListedPatient> KnownAsync(
        Source source, MigrationPlan plan, Wave wave, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = ListPosition.Person(after);
        for (var ended = false; !ended;)
        {
            var page = await PageAsync(last, cancellationToken);
            foreach (var person in page)
            {
                last = person.Person;
                if (await KeyOfAsync(source, person, cancellationToken) is { } key && plan.WaveOf(key).Id == wave.Id)
                    yield return new ListedPatient(key, ListPosition.Of(person.Person));
            }
            ended = page.Count < options.Value.ListPage;
        }
    }

    private async Task<IReadOnlyList<KnownPerson>> PageAsync(PersonId? after, CancellationToken cancellationToken)
    {
        try
        {
            return await persons.ListAsync(after, options.Value.ListPage, cancellationToken);
        }
        catch (IdentityStoreUnavailableException fault)
        {
            throw new MigrationUnavailableException(fault.Code);
        }
    }

    /// <summary>The key a reader would ask the source by; null when no reader can ask it about this person.</summary>
    private async Task<PatientKey?> KeyOfAsync(Source source, KnownPerson person, CancellationToken cancellationToken)
    {
        var systems = source.PatientKeySystems;
        var known = person.Keys.Where(static key => PatientKeySystems.IsIns(key.System))
            .Select(static key => Ins.Parse($"{key.System}|{key.Value}", key.System).Ins).OfType<Ins>()
            .OrderBy(ins => systems.IndexOf(ins.System) is var at and >= 0 ? at : int.MaxValue)
            .ThenBy(static ins => ins.Key, KeyOrder.Ordinal);
        foreach (var ins in known)
        {
            var needsIdentity = source.MatchesByTraits || !KeyTranslator.IsDirect(ins, systems);
            var identity = needsIdentity ? await identities.FindAsync(ins, cancellationToken) : CertifiedIdentity.Unavailable;
            var translation = KeyTranslator.Translate(ins, identity, systems, source.MatchesByTraits);
            if (translation.Key is { } key)
                return key;
            if (translation.Reason == KeyReason.IdentityUnavailable)
                throw new LegacyOutageException(translation.Reason);
        }
        return null;
    }
}
