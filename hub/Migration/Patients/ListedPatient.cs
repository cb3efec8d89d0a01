using DmpFederation.Hub.Identity;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Migration.Patients;

/// <summary>One patient in the order of a copy.</summary>
/// <param name="Key">The key to ask the source by.</param>
/// <param name="Position">Where a copy goes on after them (<see cref="ListPosition"/>); empty when the order means nothing.</param>
internal readonly record struct ListedPatient(PatientKey Key, string Position)
{
    /// <summary>Prints nobody.</summary>
    public override string ToString() => "ListedPatient";
}

/// <summary>Where a list of patients goes on, as text: by the key of a directory or cohort, or by the hub's number of a person.</summary>
internal static class ListPosition
{
    private const char Separator = '\u001F';

    public static string Of(PatientKey key) => $"K{Separator}{key.System}{Separator}{key.Value}";

    public static string Of(PersonId person) => $"P{Separator}{person}";

    /// <summary>The key; null when the position is of another kind of list: then the list begins anew, which costs time and harms nothing.</summary>
    public static PatientKey? Key(string? position) =>
        position?.Split(Separator, 3) is ["K", { Length: > 0 } system, { Length: > 0 } value] ? new PatientKey(system, value) : null;

    public static PersonId? Person(string? position) =>
        position?.Split(Separator) is ["P", var number] && Guid.TryParseExact(number, "N", out var value) ? new PersonId(value) : null;
}
