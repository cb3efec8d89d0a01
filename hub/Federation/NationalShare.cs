using DmpFederation.Sdk;

namespace DmpFederation.Hub.Federation;

/// <summary>Which categories of one patient's facts the national store gave in a source's place; the legacy system gave the others.</summary>
/// <param name="Mask">A bit for each category.</param>
internal readonly record struct NationalShare(int Mask)
{
    /// <summary>Every category.</summary>
    public static NationalShare All { get; } = Of(Enum.GetValues<EntryCategory>());

    public bool IsAll => Mask == All.Mask;

    public bool IsNone => Mask == 0;

    /// <summary>The store a whole answer counts as given by: the legacy's as soon as the legacy gave a part of it.</summary>
    public Store Store => IsAll ? Store.National : Store.Legacy;

    /// <summary>The categories, in their order.</summary>
    public IEnumerable<EntryCategory> Categories => Enum.GetValues<EntryCategory>().Where(Holds);

    public static NationalShare Of(IEnumerable<EntryCategory> categories) =>
        new(categories.Aggregate(0, static (mask, category) => mask | 1 << (int)category));

    /// <summary>The store that gave the facts of a category.</summary>
    public Store StoreOf(EntryCategory category) => Holds(category) ? Store.National : Store.Legacy;

    public bool Holds(EntryCategory category) => (Mask >> (int)category & 1) != 0;

    public NationalShare With(NationalShare other) => new(Mask | other.Mask);

    public NationalShare Without(NationalShare other) => new(Mask & ~other.Mask);

    /// <summary>What both hold.</summary>
    public NationalShare And(NationalShare other) => new(Mask & other.Mask);
}
