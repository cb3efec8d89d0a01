namespace DmpFederation.Hub.Migration.Slices;

/// <summary>A slice: the patients of one wave of a source, and one group of categories. Printed <c>source/wave/group</c>.</summary>
/// <param name="SourceId">The source.</param>
/// <param name="Wave">Id of the wave.</param>
/// <param name="Group">Id of the group of categories.</param>
internal readonly record struct SliceId(string SourceId, string Wave, string Group)
{
    /// <summary>Reads the printed form; null when it is none.</summary>
    public static SliceId? Parse(string? text) => text?.Split('/') is [{ Length: > 0 } source, { Length: > 0 } wave, { Length: > 0 } group]
        ? new SliceId(source, wave, group)
        : null;

    public override string ToString() => $"{SourceId}/{Wave}/{Group}";
}
