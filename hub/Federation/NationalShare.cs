using DmpFederation.Sdk;

namespace DmpFederation.Hub.Federation;

/// <summary>Which categories of one patient's facts the national store gave in a source's place; the legacy system gave the others.</summary>
/// <param name="Mask">A bit for each category.</param>
internal readonly record struct NationalShare(int Mask)
{
    /// <summary>All of what was asked for.</summary>
    public static NationalShare All => new(~0);

    public bool IsAll => Mask == ~0;

    public bool IsNone => Mask == 0;

    /// <summary>The store a whole answer counts as given by: the legacy's as soon as the legacy gave a part of it.</summary>
    public Store Store => IsAll ? Store.National : Store.Legacy;

    /// <summary>The store that gave the facts of a category.</summary>
    public Store StoreOf(EntryCategory category) => Holds(category) ? Store.National : Store.Legacy;

    public bool Holds(EntryCategory category) => (Mask >> (int)category & 1) != 0;

    public NationalShare With(EntryCategory category) => new(Mask | 1 << (int)category);

    public NationalShare With(NationalShare other) => new(Mask | other.Mask);
}
