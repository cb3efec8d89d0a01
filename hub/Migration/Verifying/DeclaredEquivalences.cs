using DmpFederation.Hub.Migration.Slices;

namespace DmpFederation.Hub.Migration.Verifying;

/// <summary>The equivalences of a source that are in force at a moment.</summary>
internal sealed class DeclaredEquivalences(IEnumerable<Equivalence> declared, DateTimeOffset now)
{
    private readonly List<Equivalence> inForce = [.. declared.Where(one => one.Until > now)];

    /// <summary>Id of the equivalence that explains a difference; null when none does. Of several, the one declared for least.</summary>
    public string? Explain(string field) =>
        inForce.Where(one => DiffFields.Covers(one.Field, field)).MaxBy(static one => one.Field.Length)?.Id;
}
