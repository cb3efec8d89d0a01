namespace DmpFederation.Hub.Identity.Traits;

/// <summary>
/// Compares places of birth by code officiel géographique. Communes merge and are renumbered within their département, Corsica was 20 until 1976,
/// and the départements of the Maghreb (91 to 96 before independence) became countries (99).
/// </summary>
internal static class BirthPlaceFit
{
    public static TraitFit Of(string? one, string? other)
    {
        if (!IsStated(one) || !IsStated(other))
            return TraitFit.NotStated;
        if (one == other)
            return TraitFit.Same;
        return IsRenumbered(one!, other!) || IsRenumbered(other!, one!)
            ? TraitFit.Tolerable(TraitRules.PlaceRenumbered) : TraitFit.Different(TraitRules.Place);
    }

    // 99999 is the code of an unknown place.
    private static bool IsStated(string? code) => code is { Length: 5 } and not "99999";

    private static bool IsRenumbered(string one, string other)
    {
        var department = one.AsSpan(0, 2);
        var otherDepartment = other.AsSpan(0, 2);
        if (department is "99")
            return otherDepartment[0] == '9' && otherDepartment[1] is >= '1' and <= '6' && one.AsSpan(2).SequenceEqual(other.AsSpan(2));
        if (department is "97" or "98")
            return one.AsSpan(0, 3).SequenceEqual(other.AsSpan(0, 3));
        return department.SequenceEqual(otherDepartment) || (IsCorsica(department) && IsCorsica(otherDepartment));
    }

    private static bool IsCorsica(ReadOnlySpan<char> department) => department is "20" or "2A" or "2B";
}
