using System.Security.Cryptography;
using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Migration.Verifying;

/// <summary>One difference between what the legacy says of a patient and what the national store holds.</summary>
/// <param name="LocalId">Local id of the fact, document or item; null when it is about the patient's whole record.</param>
/// <param name="Field">What differs, one of <see cref="DiffFields"/> or a path below it.</param>
internal readonly record struct CopyDifference(string? LocalId, string Field);

/// <summary>
/// Compares two copies of one patient, field by field. Pure; the order of facts plays no part, the order inside a fact does: the same bytes are asked
/// for. How fresh the source is (<see cref="PatientCopy.AsOf"/>) is no content: an older one is only late, and a difference only when the national
/// store claims to be fresher than its legacy.
/// </summary>
internal static class CopyDiff
{
    /// <param name="legacy">What the legacy says.</param>
    /// <param name="national">What the national store holds; null when it holds nothing of the patient.</param>
    /// <returns>Empty when they are the same.</returns>
    public static IReadOnlyList<CopyDifference> Between(PatientCopy legacy, PatientCopy? national)
    {
        var found = new List<CopyDifference>();
        if (national is null)
        {
            found.Add(new CopyDifference(null, DiffFields.Missing));
            found.AddRange(legacy.Entries.Select(static entry => new CopyDifference(entry.LocalId, DiffFields.Missing)));
            return found;
        }
        if (legacy.Key != national.Key)
            found.Add(new CopyDifference(null, DiffFields.Key));
        if (legacy.IsUnknown != national.IsUnknown)
            found.Add(new CopyDifference(null, DiffFields.Unknown));
        Entries(legacy.Entries, national.Entries, found);
        Statements(legacy, national, found);
        Contents(legacy.Contents, national.Contents, found);
        if (ClaimsFresher(national.AsOf, legacy.AsOf))
            found.Add(new CopyDifference(null, DiffFields.AsOf));
        return found;
    }

    private static void Entries(IReadOnlyList<DossierEntry> legacy, IReadOnlyList<DossierEntry> national, List<CopyDifference> found)
    {
        var held = new Dictionary<string, DossierEntry>(national.Count, StringComparer.Ordinal);
        foreach (var entry in national)
        {
            if (!held.TryAdd(entry.LocalId, entry))
                found.Add(new CopyDifference(entry.LocalId, DiffFields.Surplus));
        }
        foreach (var entry in legacy)
        {
            if (!held.Remove(entry.LocalId, out var copy))
            {
                found.Add(new CopyDifference(entry.LocalId, DiffFields.Missing));
                continue;
            }
            foreach (var field in EntryDiff.Between(entry, copy))
                found.Add(new CopyDifference(entry.LocalId, field));
        }
        found.AddRange(held.Keys.Select(static localId => new CopyDifference(localId, DiffFields.Surplus)));
    }

    private static void Statements(PatientCopy legacy, PatientCopy national, List<CopyDifference> found)
    {
        foreach (var person in Unpaired(legacy.Found, national.Found, IdentityText.Of))
            found.Add(new CopyDifference(person.DocumentLocalId, DiffFields.Identity));
        foreach (var item in Unpaired(legacy.Unreadable, national.Unreadable, Print))
            found.Add(new CopyDifference(item.LocalId, DiffFields.Unreadable));
        foreach (var code in Unpaired(legacy.Gaps, national.Gaps, static code => code))
            found.Add(new CopyDifference(null, $"{DiffFields.Gap}:{code}"));
    }

    private static void Contents(
        IReadOnlyDictionary<string, ContentCopy> legacy, IReadOnlyDictionary<string, ContentCopy> national, List<CopyDifference> found)
    {
        foreach (var localId in legacy.Keys.Union(national.Keys, StringComparer.Ordinal))
        {
            if (!legacy.TryGetValue(localId, out var one) || !national.TryGetValue(localId, out var other)
                || one.ContentType != other.ContentType || !one.Bytes.Span.SequenceEqual(other.Bytes.Span))
                found.Add(new CopyDifference(localId, DiffFields.Content));
        }
    }

    /// <summary>What stands on one side alone, counting how often; the sides are sets in which a thing may come twice.</summary>
    private static IEnumerable<T> Unpaired<T>(IReadOnlyList<T> legacy, IReadOnlyList<T> national, Func<T, string> print)
    {
        if (legacy.Count == 0 && national.Count == 0)
            return [];
        var left = new Dictionary<string, Stack<T>>(StringComparer.Ordinal);
        foreach (var one in national)
        {
            var key = print(one);
            if (!left.TryGetValue(key, out var alike))
                left.Add(key, alike = new Stack<T>());
            alike.Push(one);
        }
        var missing = legacy.Where(one => !left.TryGetValue(print(one), out var alike) || !alike.TryPop(out _)).ToList();
        return missing.Concat(left.Values.SelectMany(static alike => alike));
    }

    private static string Print(Unreadable item) => string.Join(
        '\u001F', item.Code, item.Reason, item.Position, item.LocalId, item.Patient?.System, item.Patient?.Value,
        Convert.ToHexString(SHA256.HashData(item.Raw.Span)));

    /// <summary>No stated moment means now.</summary>
    private static bool ClaimsFresher(DateTimeOffset? national, DateTimeOffset? legacy) =>
        legacy is { } shown && (national is null || national > shown);
}
