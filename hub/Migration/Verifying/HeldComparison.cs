using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Migration.Verifying;

/// <summary>One patient compared.</summary>
/// <param name="Legacy">What the legacy says, in the slice's group.</param>
/// <param name="Differences">Empty when the national store holds the same.</param>
internal sealed record ComparedPatient(PatientCopy Legacy, IReadOnlyList<CopyDifference> Differences)
{
    public PatientKey Key => Legacy.Key;
}

/// <summary>Compares what a legacy says with what the national store gives back, byte for byte, contents of documents included.</summary>
internal sealed class HeldComparison(ICopyStore copies)
{
    /// <param name="slice">The slice.</param>
    /// <param name="legacy">Copies just read from the legacy.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MigrationUnavailableException">The store cannot be used.</exception>
    public async Task<IReadOnlyList<ComparedPatient>> CompareAsync(
        SliceId slice, IReadOnlyList<PatientCopy> legacy, CancellationToken cancellationToken)
    {
        var held = (await copies.ReadAsync(slice.SourceId, [.. legacy.Select(static copy => copy.Key).Distinct()], cancellationToken))
            .ToDictionary(static patient => patient.Key);
        var compared = new List<ComparedPatient>(legacy.Count);
        foreach (var copy in legacy)
        {
            var national = held.GetValueOrDefault(copy.Key)?.Groups.GetValueOrDefault(slice.Group)?.Copy;
            if (national is not null)
                national = await WithContentsAsync(slice.SourceId, national, cancellationToken);
            compared.Add(new ComparedPatient(copy, CopyDiff.Between(copy, national)));
        }
        return compared;
    }

    private async Task<PatientCopy> WithContentsAsync(string sourceId, PatientCopy national, CancellationToken cancellationToken)
    {
        Dictionary<string, ContentCopy>? contents = null;
        foreach (var document in national.Entries)
        {
            if (document.Category == EntryCategory.Document
                && await copies.OpenContentAsync(sourceId, national.Key, document.LocalId, cancellationToken) is { } content)
                (contents ??= new(StringComparer.Ordinal)).Add(document.LocalId, content);
        }
        return contents is null ? national : national with { Contents = contents };
    }
}
