using System.IO.Hashing;
using System.Runtime.InteropServices;
using DmpFederation.Hub.Identity;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Federation.Merge;

/// <summary>Makes entries comparable: rule, civil day, codes, value. Depends on nothing but the entry and the rules.</summary>
internal sealed class FacetReader(ClinicalKeys keys)
{
    private const int MostText = 256;

    /// <summary>Length of an ATC code that names a substance (fifth level).</summary>
    private const int AtcSubstance = 7;

    /// <summary>Fills a facet; its codes are appended to <paramref name="codes"/>.</summary>
    public void Read(ref Facet facet, List<CodeKey> codes)
    {
        var entry = facet.Entry;
        var type = ResourceFields.TypeOf(entry.Resource.Span);
        facet.Resource = type.IsEmpty ? 0 : XxHash3.HashToUInt64(type);
        facet.Rule = keys.RuleFor(entry.Category, type);
        facet.Apart = keys.StandsApart(entry.Status);
        facet.Measure = new Measure { Unit = -1 };
        ReadDate(ref facet);
        facet.CodeStart = codes.Count;
        if (facet.Rule is { } rule)
        {
            ReadCodes(ref facet, rule, codes);
            if (rule.Data.Value)
                ReadMeasure(ref facet.Measure, entry.Value);
        }
        facet.CodeCount = codes.Count - facet.CodeStart;
    }

    /// <summary>Reads what the rule asks of the bytes; done once, and only for entries that another one may match.</summary>
    public static void ReadDetail(ref Facet facet)
    {
        if (facet.DetailRead || facet.Rule is not { } rule)
            return;
        facet.DetailRead = true;
        var bytes = facet.Entry.Resource.Span;
        if (rule.Facets.HasFlag(FactFacet.ContentHash))
            facet.Detail = DetailHash(ResourceFields.ContentHash(bytes));
        else if (rule.Facets.HasFlag(FactFacet.Components) && facet.Measure is { HasNumber: false, Content: 0 })
            facet.Detail = DetailHash(ResourceFields.Components(bytes));
        else if (rule.Facets.HasFlag(FactFacet.PeriodEnd) && FhirDate.TryParse(ResourceFields.PeriodEndDay(bytes), out var end)
            && CivilDay.Of(end) is var (first, last) && first == last)
            facet.Detail = (ulong)first;
    }

    /// <summary>Hash of a text without accents, capitals, spaces and signs; 0 when nothing is left.</summary>
    public static ulong TextHash(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return 0;
        Span<char> kept = stackalloc char[MostText];
        var length = 0;
        foreach (var letter in text)
        {
            if (length + 1 >= MostText)
                break;
            var (first, second) = LatinLetters.Fold(letter);
            if (first == '\0' && char.IsLetterOrDigit(letter))
                first = letter;
            if (first == '\0')
                continue;
            kept[length++] = first;
            if (second != '\0')
                kept[length++] = second;
        }
        return length == 0 ? 0 : Hash(kept[..length], 1);
    }

    private static void ReadDate(ref Facet facet)
    {
        if (facet.Entry.Date is not { } date)
            return;
        facet.Dated = true;
        (facet.FirstDay, facet.LastDay) = CivilDay.Of(date);
        facet.Moment = date.Precision == DatePrecision.Instant;
        facet.Minute = date.StartUtc.Ticks / TimeSpan.TicksPerMinute;
    }

    private void ReadCodes(ref Facet facet, ClinicalRule rule, List<CodeKey> codes)
    {
        var entry = facet.Entry;
        if (entry.Codings.Count > 0)
        {
            for (var index = 0; index < entry.Codings.Count; index++)
                ReadCode(ref facet, rule, entry.Codings[index], codes);
        }
        else if (entry.Code is { } only)
        {
            ReadCode(ref facet, rule, only, codes);
        }
        if (rule.RankOf(keys.OrganizationSystem) is var organization and >= 0 && entry.Author is { } author)
        {
            if (author.OrganizationId is { Length: > 0 } id)
                codes.Add(new CodeKey((byte)organization, Hash(StructureNumber(id), 2)));
            else if (TextHash(author.OrganizationName) is var name and not 0)
                codes.Add(new CodeKey(ClinicalKeys.TextCode, name));
        }
        if (rule.Data.Text && codes.Count == facet.CodeStart && TextHash(entry.Title) is var text and not 0)
            codes.Add(new CodeKey(ClinicalKeys.TextCode, text));
    }

    private void ReadCode(ref Facet facet, ClinicalRule rule, Coding coding, List<CodeKey> codes)
    {
        // A code without a system is local to its source: equal codes of two sources say nothing.
        if (coding is not { System: { Length: > 0 } uri, Code: { Length: > 0 } code })
            return;
        if (keys.SystemOf(uri) is not { } system || rule.RankOf(system.Index) is var rank && rank < 0)
        {
            if (rule.Data.OtherCodes)
                codes.Add(new CodeKey(ClinicalKeys.OtherCodes, Hash(code, Hash(uri, 3))));
            return;
        }
        if (rule.Data.SubstanceOnly && system.Form == CodeForm.Atc && code.Length < AtcSubstance)
            return;
        codes.Add(new CodeKey((byte)rank, Comparable(ref facet, rule, system, code)));
    }

    private ulong Comparable(ref Facet facet, ClinicalRule rule, CodeSystem system, string code)
    {
        switch (system.Form)
        {
            case CodeForm.Cip7 when code.Length == 13 && code.StartsWith("34009", StringComparison.Ordinal):
                return Hash(code.AsSpan(5, 7), (ulong)system.Index);
            case CodeForm.Ccam when code.Length > 7:
                return Hash(code.AsSpan(0, 7), (ulong)system.Index);
            case CodeForm.Analyte when keys.AnalyteOf(code) is { } analyte:
                facet.Measure.Analyte = analyte;
                return Hash("analyte", (ulong)analyte.Index + 1000);
            case CodeForm.Icd10:
                Span<char> compact = stackalloc char[4];
                var length = 0;
                foreach (var letter in code)
                {
                    if (length < 4 && char.IsAsciiLetterOrDigit(letter))
                        compact[length++] = char.ToUpperInvariant(letter);
                }
                if (length == 4 && compact[3] == '9')
                    length = 3;
                foreach (var prefix in rule.Data.LongLasting)
                    facet.LongLasting |= compact[..length].StartsWith(prefix, StringComparison.Ordinal);
                return Hash(compact[..length], (ulong)system.Index);
            default:
                return Hash(code, (ulong)system.Index);
        }
    }

    private static void ReadMeasure(ref Measure measure, EntryValue? value)
    {
        if (value is null)
            return;
        if (value.Number is { } number)
        {
            measure.HasNumber = true;
            var unit = Units.Normalise(value.UnitCode);
            measure.Unit = measure.Analyte?.UnitIndex(unit) ?? -1;
            if (measure.Unit < 0 && measure.Analyte is not null)
                measure.Unit = measure.Analyte.UnitIndex(Units.Normalise(value.Unit));
            measure.Recorded = measure.Value = (double)number;
            measure.HalfStep = 0.5 * Math.Pow(10, -number.Scale);
            if (measure.Unit >= 0)
            {
                measure.HalfStep = measure.Analyte!.ConvertStep(measure.HalfStep, measure.Unit);
                measure.Value = measure.Analyte.Convert(measure.Value, measure.Unit);
            }
            else
            {
                measure.UnitHash = Hash(unit.Length > 0 ? unit : Units.Normalise(value.Unit), 4);
            }
            measure.Content = value.Comparator is { Length: > 0 } comparator ? Hash(comparator, 5) : 0;
        }
        else if (value.Coding is { Code: { Length: > 0 } code } coding)
        {
            measure.Content = Hash(code, Hash(coding.System ?? "", 6));
        }
        else
        {
            measure.Content = TextHash(value.Text ?? value.Coding?.Display);
        }
    }

    /// <summary>STRUCT_IdNat writes 1 before a FINESS; other systems write the nine characters alone.</summary>
    private static ReadOnlySpan<char> StructureNumber(string id) => id.Length == 10 && id[0] == '1' ? id.AsSpan(1) : id;

    private static ulong DetailHash(string? text) => text is null ? 0 : Hash(text, 7);

    private static ulong Hash(ReadOnlySpan<char> text, ulong seed) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text), unchecked((long)seed));
}
