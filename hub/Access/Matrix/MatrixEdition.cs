using System.Collections.Frozen;
using DmpFederation.Hub.Access.Rules;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Access.Matrix;

/// <summary>
/// One edition of the matrice d'habilitation: which professions read which types of document by default (arrêté du 26 octobre 2023). Immutable.
/// </summary>
internal sealed class MatrixEdition
{
    private readonly FrozenDictionary<string, MatrixRights> professions;
    private readonly MatrixRights nothing;

    internal MatrixEdition(
        string id, DateOnly validFrom, DateOnly? validTo, DocumentTypes types, IReadOnlyDictionary<string, IReadOnlyList<string>> rows,
        IReadOnlyList<string> emergency)
    {
        Id = id;
        ValidFrom = validFrom;
        ValidTo = validTo;
        professions = rows.ToFrozenDictionary(static row => row.Key, row => new MatrixRights(types, row.Value), StringComparer.Ordinal);
        Emergency = new MatrixRights(types, emergency);
        nothing = new MatrixRights(types, []);
        Everything = new MatrixRights(types, types.Ids);
    }

    /// <summary>Its name.</summary>
    public string Id { get; }

    /// <summary>First day it is in force.</summary>
    public DateOnly ValidFrom { get; }

    /// <summary>First day it is no longer in force; null for no end.</summary>
    public DateOnly? ValidTo { get; }

    /// <summary>Types that break-glass opens beyond those of the profession.</summary>
    public MatrixRights Emergency { get; }

    /// <summary>Every type: the patient's own right.</summary>
    public MatrixRights Everything { get; }

    public bool HoldsOn(DateOnly day) => ValidFrom <= day && (ValidTo is not { } end || day < end);

    /// <summary>What a profession reads; nothing for one that has no row.</summary>
    /// <param name="profession">Code of TRE_G15, or of a role outside of it.</param>
    public MatrixRights Of(string? profession) => profession is not null && professions.TryGetValue(profession, out var rights) ? rights : nothing;
}

/// <summary>The types one reader may read. Thread-safe; looked up for each entry.</summary>
internal sealed class MatrixRights
{
    private readonly DocumentTypes types;
    private readonly bool[] allowed;

    internal MatrixRights(DocumentTypes types, IReadOnlyList<string> ids)
    {
        this.types = types;
        allowed = new bool[types.Ids.Count];
        foreach (var id in ids)
            allowed[types.IndexOf(id)] = true;
        IsAll = Array.TrueForAll(allowed, static one => one);
        AllowsAnything = Array.Exists(allowed, static one => one);
    }

    /// <summary>True when every type may be read.</summary>
    public bool IsAll { get; }

    /// <summary>False when no type may be read: the profession has no row.</summary>
    public bool AllowsAnything { get; }

    /// <summary>By the type of the document an entry is, or was extracted from; by its category when it has none.</summary>
    public bool Allows(in EntrySubject entry) => IsAll || allowed[types.IndexOf(entry)];
}

/// <summary>The types of document the matrix knows, with the codes and categories that lead to them.</summary>
internal sealed class DocumentTypes
{
    private readonly FrozenDictionary<string, int> byCode;
    private readonly int[] byCategory;

    internal DocumentTypes(IReadOnlyList<string> ids, IReadOnlyDictionary<string, int> byCode, IReadOnlyDictionary<EntryCategory, int> byCategory)
    {
        Ids = ids;
        this.byCode = byCode.ToFrozenDictionary(StringComparer.Ordinal);
        this.byCategory = [.. Enum.GetValues<EntryCategory>().Select(category => byCategory.GetValueOrDefault(category, ids.Count - 1))];
    }

    /// <summary>Ids in the order of the file; the last is that of what nobody knows.</summary>
    public IReadOnlyList<string> Ids { get; }

    public int IndexOf(string id)
    {
        for (var index = 0; index < Ids.Count; index++)
        {
            if (Ids[index] == id)
                return index;
        }
        throw new MatrixException($"The type '{id}' is not declared.");
    }

    /// <summary>A document of an unknown code is of no known type: it must not be taken for a harmless one.</summary>
    public int IndexOf(in EntrySubject entry)
    {
        if (entry.DocumentType is not { Code: { } code })
            return IndexOf(entry.Category);
        return byCode.TryGetValue(code, out var index) ? index : Ids.Count - 1;
    }

    private int IndexOf(EntryCategory category) =>
        (int)category >= 0 && (int)category < byCategory.Length ? byCategory[(int)category] : Ids.Count - 1;
}
