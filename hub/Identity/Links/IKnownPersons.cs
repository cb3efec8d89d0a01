using DmpFederation.Sdk;

namespace DmpFederation.Hub.Identity.Links;

/// <summary>A person the hub knows.</summary>
/// <param name="Person">The hub's number of them.</param>
/// <param name="Keys">Identifiers linked to them now, one or more.</param>
internal sealed record KnownPerson(PersonId Person, IReadOnlyList<PatientKey> Keys)
{
    /// <summary>Prints nobody.</summary>
    public override string ToString() => $"KnownPerson({Keys.Count} identifiers)";
}

/// <summary>Every person the hub knows by at least one identifier: those to ask a source about that cannot list its patients.</summary>
internal interface IKnownPersons
{
    /// <summary>The next persons, in an order that stays the same.</summary>
    /// <param name="after">The last one seen; null from the start.</param>
    /// <param name="most">At most so many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Fewer than <paramref name="most"/> exactly when there are no more.</returns>
    /// <exception cref="IdentityStoreUnavailableException">The store cannot be used.</exception>
    Task<IReadOnlyList<KnownPerson>> ListAsync(PersonId? after, int most, CancellationToken cancellationToken);
}
