using DmpFederation.Sdk;

namespace DmpFederation.Plugins.HprimBiologie.Matching;

/// <summary>A person asked for, as files are searched: by certified traits, never by a number alone.</summary>
internal sealed class AskedPerson
{
    private AskedPerson(
        IReadOnlyList<string> nameKeys, DateOnly birthDate, IReadOnlyList<string> givenKeys, IReadOnlyList<string> nirs, TraitSex sex)
    {
        NameKeys = nameKeys;
        BirthDate = birthDate;
        GivenKeys = givenKeys;
        Nirs = nirs;
        Sex = sex;
    }

    /// <summary>The folded birth name, then its other forms in old encodings. At least one.</summary>
    public IReadOnlyList<string> NameKeys { get; }

    public DateOnly BirthDate { get; }

    /// <summary>Folded birth given names in their order, each followed by its other forms in old encodings.</summary>
    public IReadOnlyList<string> GivenKeys { get; }

    /// <summary>The person's own NIR, in whatever system it is known. Empty when unknown.</summary>
    public IReadOnlyList<string> Nirs { get; }

    public TraitSex Sex { get; }

    /// <summary>Null when birth name, birth given name or day of birth is missing: then nobody can be found.</summary>
    public static AskedPerson? Of(PatientQuery query)
    {
        if (query.CertifiedTraits is not { BirthDate: { Precision: DatePrecision.Day or DatePrecision.Instant } birth } traits || birth.Day is not { } day)
            return null;
        var name = FoldedName.Forms(traits.BirthName).ToList();
        var given = traits.GivenNames.SelectMany(FoldedName.Forms).Distinct().ToList();
        if (name.Count == 0 || given.Count == 0)
            return null;
        var nirs = traits.Keys.Append(query.Key)
            .Where(static key => key.Value.Length == 15 && PatientKeySystems.IsIns(key.System)).Select(static key => key.Value).Distinct().ToList();
        return new AskedPerson(name, day, given, nirs, traits.Sex);
    }

    public override string ToString() => nameof(AskedPerson);
}
