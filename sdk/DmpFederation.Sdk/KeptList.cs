namespace DmpFederation.Sdk;

/// <summary>
/// Lists of what the hub keeps become arrays of the runtime's own: a collection expression makes a list type inside the assembly it is compiled
/// in, and one kept object of such a type would hold the plug-in in memory after it was replaced.
/// </summary>
internal static class KeptList
{
    /// <summary>
    /// The list itself when it is an array, else a copy. An array of a derived type would be kept as well: every element type in use is sealed.
    /// Null stays null, against the annotation: the hub refuses it, where an empty list of labels would read as "not confidential".
    /// </summary>
    internal static IReadOnlyList<T> Of<T>(IReadOnlyList<T> list) => list is null ? null! : list as T[] ?? list.ToArray();
}
