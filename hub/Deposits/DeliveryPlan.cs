using DmpFederation.Hub.Access.Feeding;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Identity;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Deposits;

/// <summary>
/// Which legacy systems a deposit flows to: those that take deposits, may hold it, know the patient, and that the patient does not refuse to have fed.
/// </summary>
internal sealed class DeliveryPlan(ISourceRegistry registry, ICertifiedIdentities identities)
{
    /// <param name="patient">Whom about.</param>
    /// <param name="category">What it is about.</param>
    /// <param name="right">What the depositor may feed.</param>
    /// <param name="named">Systems the depositor names; null takes every one that may have it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Ids in order, or why a named one cannot have it.</returns>
    public async Task<(IReadOnlyList<string> Targets, DepositFault? Fault)> MakeAsync(
        Ins patient, EntryCategory category, FeedingRight right, IReadOnlyList<string>? named, CancellationToken cancellationToken)
    {
        var sources = registry.Current.Sources;
        if (named?.FirstOrDefault(id => sources.All(source => source.Id != id)) is not null)
            return ([], DepositFault.Bad("SOURCE_UNKNOWN", "'sources' names a dossier that is not configured here."));
        var targets = new List<string>();
        foreach (var source in sources.Where(source => named is null ? source.AcceptsDeposits : named.Contains(source.Id)))
        {
            var hindrance = await HindranceAsync(source, patient, category, right, cancellationToken);
            if (hindrance is null)
                targets.Add(source.Id);
            else if (named is not null)
                return ([], hindrance);
        }
        return (targets, null);
    }

    private async Task<DepositFault?> HindranceAsync(
        Source source, Ins patient, EntryCategory category, FeedingRight right, CancellationToken cancellationToken)
    {
        if (!source.AcceptsDeposits || source.IsNationalRecord)
            return DepositFault.Bad("DEPOSITS_REFUSED", $"Dossier '{source.Id}' takes no deposits.");
        // One that is shut now cannot say what it can do: the deposit waits for it.
        if (source.Connection is not null && !source.Capabilities.Contains(nameof(IEntryWriter)))
            return DepositFault.Bad("CANNOT_WRITE", $"Dossier '{source.Id}' cannot be written to.");
        if (!source.Categories.IsDefaultOrEmpty && !source.Categories.Contains(category))
            return DepositFault.Bad("CATEGORY_NOT_HELD", $"Dossier '{source.Id}' does not hold what the resource is about.");
        if (right.Of(source.Id) is { Allowed: false } refused)
            return new DepositFault(refused.Code!, refused.RuleId);
        var needsIdentity = source.MatchesByTraits || !KeyTranslator.IsDirect(patient, source.PatientKeySystems);
        var identity = needsIdentity ? await identities.FindAsync(patient, cancellationToken) : CertifiedIdentity.Unknown;
        return KeyTranslator.Translate(patient, identity, source.PatientKeySystems, source.MatchesByTraits).Reason switch
        {
            // Who could not be asked now can be asked when it is delivered.
            null or KeyReason.IdentityUnavailable => null,
            var reason => DepositFault.Bad(reason, $"Dossier '{source.Id}' cannot be told whom the resource is about."),
        };
    }
}
