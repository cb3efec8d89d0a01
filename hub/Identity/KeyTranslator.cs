using DmpFederation.Sdk;

namespace DmpFederation.Hub.Identity;

/// <summary>Stable codes: why a source cannot be asked about an INS.</summary>
internal static class KeyReason
{
    /// <summary>The source files under no kind of identifier the hub knows for this person.</summary>
    public const string NotUnderstood = "KEY_NOT_UNDERSTOOD";

    /// <summary>No certified identity carries the INS asked for.</summary>
    public const string IdentityUnknown = "IDENTITY_UNKNOWN";

    /// <summary>Several identities carry it.</summary>
    public const string IdentityAmbiguous = "IDENTITY_AMBIGUOUS";

    /// <summary>The téléservice could not be asked.</summary>
    public const string IdentityUnavailable = "IDENTITY_UNAVAILABLE";

    /// <summary>Traits that the INS-C needs are missing, or the person has no NIR of their own.</summary>
    public const string InsCNotComputable = "INS_C_NOT_COMPUTABLE";

    /// <summary>The INS-C computed from certified traits is not the linked one, or several are linked: no choice is made for the patient.</summary>
    public const string InsCDisagrees = "INS_C_DISAGREES";
}

/// <summary>The key to ask a source with, or why there is none. Exactly one is not null.</summary>
internal readonly record struct KeyTranslation(PatientKey? Key, string? Reason)
{
    public static KeyTranslation To(string system, string value) => new(new PatientKey(system, value), null);

    public static KeyTranslation Impossible(string reason) => new(null, reason);
}

/// <summary>
/// Finds the key a source knows a person by. Pure. Systems are never taken for one another: a test NIR is not a production NIR, even with
/// the same digits.
/// </summary>
internal static class KeyTranslator
{
    /// <summary>True when a source can be asked with the INS as it is, without any identity.</summary>
    public static bool IsDirect(Ins asked, IReadOnlyList<string> understood) => Contains(understood, asked.System);

    /// <summary>Translates; the first system of the source, in its order, for which a key can be had wins.</summary>
    /// <param name="asked">The INS of the query.</param>
    /// <param name="identity">Its certified identity; only needed when not direct.</param>
    /// <param name="understood">Systems the source understands, most wanted first.</param>
    /// <param name="byTraits">True for a source that finds patients by certified traits: no key is enough without them.</param>
    public static KeyTranslation Translate(Ins asked, CertifiedIdentity identity, IReadOnlyList<string> understood, bool byTraits = false)
    {
        if (byTraits && identity.Traits is null)
            return KeyTranslation.Impossible(WithoutIdentity(identity.Finding));
        if (IsDirect(asked, understood))
            return KeyTranslation.To(asked.System, asked.Value);
        if (!understood.Any(PatientKeySystems.IsIns))
            return KeyTranslation.Impossible(KeyReason.NotUnderstood);
        if (identity.Traits is not { } traits)
            return KeyTranslation.Impossible(WithoutIdentity(identity.Finding));

        string? reason = null;
        foreach (var system in understood)
        {
            var translation = system == PatientKeySystems.InsC ? ToInsC(asked, traits) : ToLinked(asked, traits, system);
            if (translation.Key is not null)
                return translation;
            reason = Worse(reason, translation.Reason!);
        }
        return KeyTranslation.Impossible(reason ?? KeyReason.NotUnderstood);
    }

    /// <summary>Why nothing can be said of a person who was not found.</summary>
    public static string WithoutIdentity(IdentityFinding finding) => finding switch
    {
        IdentityFinding.Unknown => KeyReason.IdentityUnknown,
        IdentityFinding.Several => KeyReason.IdentityAmbiguous,
        _ => KeyReason.IdentityUnavailable,
    };

    private static KeyTranslation ToInsC(Ins asked, PatientTraits traits)
    {
        var linked = Linked(traits, PatientKeySystems.InsC);
        var computed = ComputeInsC(traits, NirOf(asked, traits));
        return (linked.Count, computed) switch
        {
            (0, null) => KeyTranslation.Impossible(KeyReason.InsCNotComputable),
            (0, { } value) => KeyTranslation.To(PatientKeySystems.InsC, value),
            (1, null) => KeyTranslation.To(PatientKeySystems.InsC, linked[0]),
            (1, { } value) when value == linked[0] => KeyTranslation.To(PatientKeySystems.InsC, value),
            _ => KeyTranslation.Impossible(KeyReason.InsCDisagrees),
        };
    }

    private static KeyTranslation ToLinked(Ins asked, PatientTraits traits, string system)
    {
        if (!PatientKeySystems.IsIns(system) || Linked(traits, system) is not [var value])
            return KeyTranslation.Impossible(KeyReason.NotUnderstood);
        // Asked by INS-C: the linked NIR must lead back to it, or the link is of somebody else.
        if (asked.System == PatientKeySystems.InsC && system != PatientKeySystems.InsNia
            && ComputeInsC(traits, value[..13]) is { } computed && computed != asked.Value)
            return KeyTranslation.Impossible(KeyReason.InsCDisagrees);
        return KeyTranslation.To(system, value);
    }

    /// <summary>NIR without key of the person: of the INS asked for, else the only one linked.</summary>
    private static string? NirOf(Ins asked, PatientTraits traits)
    {
        if (IsNir(asked.System))
            return asked.Value[..13];
        var linked = traits.Keys.Where(static key => IsNir(key.System)).Select(static key => key.Value).Distinct().Take(2).ToArray();
        return linked is [{ Length: 15 } only] ? only[..13] : null;
    }

    private static string? ComputeInsC(PatientTraits traits, string? nir13)
    {
        if (nir13 is null || traits.GivenNames is not [var given, ..] || traits.BirthDate is not { } birth)
            return null;
        return InsC.Compute(given, SixDigits(birth), nir13) is InsCResult.Computed computed ? computed.Value : null;
    }

    /// <summary>YYMMDD; what is not known is 00, as the Vitale card writes it.</summary>
    private static string SixDigits(FhirDate birth)
    {
        var text = birth.ToString();
        return birth.Precision switch
        {
            DatePrecision.Year => $"{text.AsSpan(2, 2)}0000",
            DatePrecision.Month => $"{text.AsSpan(2, 2)}{text.AsSpan(5, 2)}00",
            _ => $"{text.AsSpan(2, 2)}{text.AsSpan(5, 2)}{text.AsSpan(8, 2)}",
        };
    }

    /// <summary>Distinct linked values of a system with the right shape and key: a wrong one links nothing.</summary>
    private static List<string> Linked(PatientTraits traits, string system) =>
    [
        .. traits.Keys.Where(key => key.System == system)
            .Select(key => Ins.Parse($"{system}|{key.Value}", system).Ins).OfType<Ins>().Select(static ins => ins.Value).Distinct(),
    ];

    private static bool IsNir(string system) =>
        system is PatientKeySystems.InsNir or PatientKeySystems.InsNirTest or PatientKeySystems.InsNirDemo;

    /// <summary>What an operator can act on is told before "not understood".</summary>
    private static string Worse(string? known, string next) =>
        known is null or KeyReason.NotUnderstood ? next : known == KeyReason.InsCNotComputable && next == KeyReason.InsCDisagrees ? next : known;

    private static bool Contains(IReadOnlyList<string> systems, string system)
    {
        for (var index = 0; index < systems.Count; index++)
        {
            if (systems[index] == system)
                return true;
        }
        return false;
    }
}
