using DmpFederation.Sdk;

namespace DmpFederation.Plugins.HprimBiologie.Matching;

/// <summary>A person asked for, as files are searched: by certified traits, never by a number alone.</summary>
internal sealed class AskedPerson
{
    private AskedPerson(string nameKey, string lossyNameKey, DateOnly birthDate, IReadOnlyList<string> givenKeys, IReadOnlyList<string> nirs, TraitSex sex)
    {
        NameKey = nameKey;
        LossyNameKey = lossyNameKey;
        BirthDate = birthDate;
        GivenKeys = givenKeys;
        Nirs = nirs;
        Sex = sex;
    }

    public string NameKey { get; }

    /// <summary>The folded birth name without the letters that ISO-8859-1 lacks, as software of that encoding leaves it; often the same.</summary>
    public string LossyNameKey { get; }

    public DateOnly BirthDate { get; }

    /// <summary>Folded birth given names in their order, then those of them that lose letters in ISO-8859-1, without these.</summary>
    public IReadOnlyList<string> GivenKeys { get; }

    /// <summary>The person's own NIR, in whatever system it is known. Empty when unknown.</summary>
    public IReadOnlyList<string> Nirs { get; }

    public TraitSex Sex { get; }

    /// <summary>Null when birth name, birth given name or day of birth is missing: then nobody can be found.</summary>
    public static AskedPerson? Of(PatientQuery query)
    {
        if (query.CertifiedTraits is not { BirthDate: { Precision: DatePrecision.Day or DatePrecision.Instant } birth } traits || birth.Day is not { } day)
            return null;
        var name = FoldedName.Of(traits.BirthName);
        var given = traits.GivenNames.Select(FoldedName.Of).Concat(traits.GivenNames.Select(FoldedName.InOldEncoding)).Where(static key => key.Length > 0).Distinct().ToList();
        if (name.Length == 0 || given.Count == 0)
            return null;
        var nirs = traits.Keys.Append(query.Key)
            .Where(static key => key.Value.Length == 15 && PatientKeySystems.IsIns(key.System)).Select(static key => key.Value).Distinct().ToList();
        return new AskedPerson(name, FoldedName.InOldEncoding(traits.BirthName), day, given, nirs, traits.Sex);
    }

    public override string ToString() => nameof(AskedPerson);
}
