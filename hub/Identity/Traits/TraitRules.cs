namespace DmpFederation.Hub.Identity.Traits;

/// <summary>Ids of the rules by which traits are compared. Never reused or renumbered; hub/Identity/README.md has a row for each.</summary>
internal static class TraitRules
{
    public const string Name = "IDV-110";
    public const string NameUsed = "IDV-111";
    public const string NamePart = "IDV-112";
    public const string NameCut = "IDV-113";
    public const string NameLetters = "IDV-114";
    public const string NameSpelling = "IDV-115";
    public const string Given = "IDV-120";
    public const string GivenPart = "IDV-121";
    public const string GivenInitial = "IDV-122";
    public const string GivenCut = "IDV-123";
    public const string GivenLetters = "IDV-124";
    public const string Date = "IDV-130";
    public const string DateCoarse = "IDV-131";
    public const string DateStandIn = "IDV-132";
    public const string DateSlip = "IDV-133";
    public const string Sex = "IDV-140";
    public const string Place = "IDV-150";
    public const string PlaceRenumbered = "IDV-151";

    /// <summary>Mismatch: the birth dates contradict each other.</summary>
    public const string OtherBirthDate = "IDV-201";

    /// <summary>Mismatch: a keying slip in the birth date that name, given name and sex do not all confirm.</summary>
    public const string UnconfirmedBirthDate = "IDV-202";

    /// <summary>Mismatch: the sexes contradict each other, and given name and birth date do not both confirm the person.</summary>
    public const string OtherSex = "IDV-203";

    /// <summary>Mismatch: another place of birth and other given names.</summary>
    public const string OtherPlaceAndGivenNames = "IDV-204";
}
