using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Connectors.Calls;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Identity;
using DmpFederation.Hub.Identity.Traits;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Deposits.Delivery;

/// <summary>Whose record at a source a deposit is for, or why it is not written there. Exactly one of key and code is not null.</summary>
/// <param name="Key">The key the source files the patient under.</param>
/// <param name="Code">Stable code; null when there is a key.</param>
/// <param name="IsFinal">True when asking again cannot help.</param>
internal readonly record struct Recipient(PatientKey? Key, string? Code, bool IsFinal);

/// <summary>
/// Finds the record of a patient at a source. A number alone is not believed: dossiers file children under the number of the parent who insures them,
/// and a fact written into somebody else's record endangers both. Where the source says whom it files under the key, that must be the patient by
/// certified traits, as when it is read; what cannot be compared is not written.
/// </summary>
internal sealed class RecipientFinder(ICertifiedIdentities certified, ISourceIdentityReader reader)
{
    public async Task<Recipient> FindAsync(Source source, Ins patient, CancellationToken cancellationToken)
    {
        var names = source.Capabilities.Contains(nameof(IIdentityLookup));
        var identity = names || source.MatchesByTraits || !KeyTranslator.IsDirect(patient, source.PatientKeySystems)
            ? await certified.FindAsync(patient, cancellationToken)
            : CertifiedIdentity.Unknown;
        var translation = KeyTranslator.Translate(patient, identity, source.PatientKeySystems, source.MatchesByTraits);
        if (translation.Key is not { } key)
            return Refused(translation.Reason!);
        if (!names)
            return new Recipient(key, null, false);
        if (identity.Traits is not { } traits)
            return Refused(KeyTranslator.WithoutIdentity(identity.Finding));
        var filed = await reader.FindAsync(source, key, source.Budget.Timeout, cancellationToken);
        return filed switch
        {
            { Status: not SourceStatus.Answered } => new Recipient(null, filed.Reason ?? CallReasons.Fault, false),
            _ when filed.Persons.Any(person => TraitsComparison.Of(traits, person).IsMismatch) => Refused(SourceReason.TraitsMismatch),
            _ => new Recipient(key, null, false),
        };
    }

    /// <summary>Whom nobody could be asked about may be known later.</summary>
    private static Recipient Refused(string code) => new(null, code, code != KeyReason.IdentityUnavailable);
}
