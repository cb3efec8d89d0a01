using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.National.Engine;

namespace DmpFederation.Hub.National.Moves;

/// <summary>A difference the last verification or a shadow read found.</summary>
internal sealed class DifferenceRow
{
    public long Id { get; init; }

    public required string SourceId { get; init; }

    public required string Wave { get; init; }

    public required string CategoryGroup { get; init; }

    public bool InShadow { get; init; }

    public string? LocalId { get; init; }

    public required string Field { get; init; }

    public string? Explained { get; init; }

    public required string PatientDigest { get; init; }

    public DateTimeOffset SeenAt { get; init; }

    public static DifferenceRow Of(SliceId slice, FieldDifference difference, bool inShadow) => new()
    {
        SourceId = slice.SourceId,
        Wave = slice.Wave,
        CategoryGroup = slice.Group,
        InShadow = inShadow,
        LocalId = difference.LocalId is { } id ? ServerText.Of(id) : null,
        Field = ServerText.Of(difference.Field),
        Explained = difference.Explained,
        PatientDigest = difference.PatientDigest,
        SeenAt = difference.SeenAt,
    };

    public FieldDifference ToDifference() => new(LocalId, Field, Explained) { PatientDigest = PatientDigest, SeenAt = SeenAt, InShadow = InShadow };
}

/// <summary>What the last verification of a slice found not to map.</summary>
internal sealed class LossRow
{
    public required string SourceId { get; init; }

    public required string Wave { get; init; }

    public required string CategoryGroup { get; init; }

    public required string Field { get; init; }

    public required string Fate { get; init; }

    public long Count { get; init; }
}

/// <summary>A kind of difference that was declared to be none.</summary>
internal sealed class EquivalenceRow
{
    public required string Id { get; init; }

    public required string SourceId { get; init; }

    public required string Field { get; init; }

    public required string Owner { get; init; }

    public required string Reason { get; init; }

    public DateTimeOffset Until { get; init; }

    public DateTimeOffset DeclaredAt { get; init; }

    public Equivalence ToEquivalence() => new(Id, SourceId, Field, Owner, Reason, Until);
}

/// <summary>How often the right to a piece of work was given: the last one to get it has the number that stands here.</summary>
internal sealed class LeaseRow
{
    public required string Work { get; init; }

    public long Token { get; init; }

    public DateTimeOffset TakenAt { get; init; }
}
