using System.Globalization;
using System.IO.Hashing;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Federation.Merge;

/// <summary>
/// Finds the fields on which the holders of one fact disagree. A field left out is no disagreement, nor are two units of one value, two
/// precisions of one date, or two labels of one code.
/// </summary>
internal sealed class FactConflicts(FactMatch match)
{
    /// <param name="all">Facets of the merge.</param>
    /// <param name="versions">Every version of every holder of one fact.</param>
    /// <param name="codes">Code table of the merge.</param>
    public IReadOnlyList<FieldConflict> Find(ReadOnlySpan<Facet> all, ReadOnlySpan<int> versions, ReadOnlySpan<CodeKey> codes)
    {
        bool date = false, value = false, status = false, code = false, title = false, version = false;
        for (var later = 1; later < versions.Length; later++)
        {
            for (var earlier = 0; earlier < later; earlier++)
            {
                ref readonly var left = ref all[versions[earlier]];
                ref readonly var right = ref all[versions[later]];
                date |= left.Dated && right.Dated && !FactMatch.DatesAgree(left, right);
                value |= ValuesDiffer(left, right);
                status |= left.Entry.Status is { } mine && right.Entry.Status is { } other && mine != other;
                var codesDiffer = FactMatch.CodesContradict(left, right, codes) || SameSystemDiffers(left, right);
                code |= codesDiffer;
                title |= !codesDiffer && !SharesCode(left, right, codes)
                    && FacetReader.TextHash(left.Entry.Title) != FacetReader.TextHash(right.Entry.Title);
                version |= left.Hash == right.Hash;
            }
        }
        if (!(date || value || status || code || title || version))
            return [];

        var facets = new Facet[versions.Length];
        for (var index = 0; index < facets.Length; index++)
            facets[index] = all[versions[index]];
        var conflicts = new List<FieldConflict>();
        Add(conflicts, date, "date", facets, static entry => entry.Date?.ToString());
        Add(conflicts, value, "value", facets, static entry => Print(entry.Value));
        Add(conflicts, status, "status", facets, static entry => entry.Status);
        Add(conflicts, code, "code", facets, static entry => entry.Code is { } coding ? $"{coding.System}|{coding.Code}" : null);
        Add(conflicts, title, "title", facets, static entry => entry.Title);
        // One source gave two versions that differ in nothing shown above: the older one is still told of.
        Add(conflicts, version && conflicts.Count == 0, "version", facets, static entry => entry.Version);
        Add(conflicts, version && conflicts.Count == 0, "version", facets,
            static entry => XxHash3.HashToUInt64(entry.Resource.Span).ToString("x16", CultureInfo.InvariantCulture));
        return conflicts;
    }

    private bool ValuesDiffer(in Facet left, in Facet right)
    {
        if (left.Rule is { Data.Value: true })
            return States(left.Measure) && States(right.Measure) && !match.ValuesAgree(left.Measure, right.Measure);
        return left.Entry.Value is { } mine && right.Entry.Value is { } other && !SameValue(mine, other);
    }

    private static bool States(in Measure measure) => measure.HasNumber || measure.Content != 0;

    private static bool SameValue(EntryValue left, EntryValue right)
    {
        if (left.Number is not null && right.Number is not null)
            return !FactMatch.QuantitiesDiffer(left, right);
        if (left.Coding?.Code is { } myCode && right.Coding?.Code is { } otherCode && left.Coding.System == right.Coding.System)
            return myCode == otherCode;
        return left.Text is null || right.Text is null || FacetReader.TextHash(left.Text) == FacetReader.TextHash(right.Text);
    }

    /// <summary>True when a terminology without a rule of comparison is used by both with different codes and none in common.</summary>
    private static bool SameSystemDiffers(in Facet left, in Facet right) =>
        left.Rule is null && left.Entry.Code is { System: { } system } mine && right.Entry.Code is { } other && other.System == system
            && other.Code != mine.Code;

    private static bool SharesCode(in Facet left, in Facet right, ReadOnlySpan<CodeKey> codes)
    {
        foreach (var code in codes.Slice(left.CodeStart, left.CodeCount))
        {
            if (codes.Slice(right.CodeStart, right.CodeCount).Contains(code))
                return true;
        }
        return left.Rule is null && left.Entry.Code is { Code: not null } mine && mine.Code == right.Entry.Code?.Code
            && mine.System == right.Entry.Code?.System;
    }

    private static void Add(List<FieldConflict> conflicts, bool found, string field, ReadOnlySpan<Facet> facets, Func<DossierEntry, string?> print)
    {
        if (!found)
            return;
        var values = new List<ConflictValue>(facets.Length);
        foreach (ref readonly var facet in facets)
        {
            if (print(facet.Entry) is { Length: > 0 } text && new ConflictValue(facet.SourceId, text) is var value && !values.Contains(value))
                values.Add(value);
        }
        values.Sort(static (left, right) =>
            string.CompareOrdinal(left.SourceId, right.SourceId) is var bySource and not 0
                ? bySource : string.CompareOrdinal(left.Value, right.Value));
        if (values.Count > 1)
            conflicts.Add(new FieldConflict(field, values));
    }

    private static string? Print(EntryValue? value)
    {
        if (value is null)
            return null;
        if (value.Number is { } number)
            return string.Create(CultureInfo.InvariantCulture, $"{value.Comparator}{number} {value.Unit ?? value.UnitCode}").TrimEnd();
        return value.Text ?? value.Coding?.Display ?? value.Coding?.Code;
    }
}
