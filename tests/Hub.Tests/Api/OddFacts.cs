using System.Text;
using DmpFederation.Hub.Federation;
using DmpFederation.Sdk;
using DmpFederation.TestKit.Api;

namespace DmpFederation.Hub.Tests.Api;

/// <summary>A stream of decisions drawn by the property-testing library, so that a failing case shrinks and repeats.</summary>
internal sealed class Choices(int[] numbers)
{
    private int next;

    public int Below(int count) => numbers[next++ % numbers.Length] % count;

    public bool OneIn(int count) => Below(count) == 0;

    public T Of<T>(params T[] options) => options[Below(options.Length)];
}

/// <summary>Facts as no well-behaved source gives them: required parts missing, broken text, broken bytes.</summary>
internal static class OddFacts
{
    private static readonly string[] Texts =
    [
        "plain", "", "é à ç œ", "quote \" and back\\slash", "tab\tline\nreturn\r", "\u0000\u0001\u001f\u007f", "emoji 🏃 pair",
        "lone \ud83c high", "\udfc3 low",
        "\u2028\u2029", "</script>&'<>+`", new string('x', 5_000), "中文 عربى",
    ];

    private static readonly string[] Dates = ["2009", "2009-03", "2009-03-12", "2009-03-12T08:15:00+01:00"];

    public static MergedEntry[] Draw(Choices choices, bool broken)
    {
        var facts = new MergedEntry[choices.Below(6)];
        for (var i = 0; i < facts.Length; i++)
            facts[i] = Fact(choices, $"f{i}", broken);
        return facts;
    }

    private static MergedEntry Fact(Choices choices, string id, bool broken)
    {
        var entry = Entry(choices, id, broken);
        return new MergedEntry
        {
            Id = broken && choices.OneIn(20) ? null! : id,
            Lead = entry,
            Origins = broken && choices.OneIn(25) ? null! : [.. Enumerable.Range(0, choices.Below(4)).Select(i => Origin(choices, $"s{i}", broken))],
            Conflicts = [.. Enumerable.Range(0, choices.Below(3)).Select(i => Conflict(choices, i, broken))],
        };
    }

    private static EntryOrigin Origin(Choices choices, string source, bool broken) => broken && choices.OneIn(30)
        ? null!
        : new(
            source,
            broken && choices.OneIn(30) ? null! : source,
            Entry(choices, source, broken),
            broken && choices.OneIn(30) ? (Store)7 : Store.Legacy);

    private static FieldConflict Conflict(Choices choices, int number, bool broken) => new(
        $"field{number}",
        broken && choices.OneIn(20)
            ? null!
            : [.. Enumerable.Range(0, choices.Below(3))
                .Select(i => new ConflictValue($"s{i}", broken && choices.OneIn(10) ? null! : Text(choices)!))]);

    private static DossierEntry Entry(Choices choices, string id, bool broken) => new()
    {
        LocalId = $"Observation/{id}",
        FiledUnder = AFact.Patient,
        Category = broken && choices.OneIn(20) ? (EntryCategory)99 : (EntryCategory)choices.Below(13),
        Title = broken && choices.OneIn(15) ? null! : Text(choices)!,
        Date = choices.OneIn(3) ? null : choices.OneIn(10) ? default(FhirDate) : FhirDate.Parse(choices.Of(Dates)),
        Code = choices.OneIn(3) ? null : new Coding(Maybe(choices), Maybe(choices), Maybe(choices)),
        Value = choices.OneIn(3) ? null : Value(choices),
        Author = choices.OneIn(3) ? null : new EntryAuthor(Maybe(choices), Maybe(choices), Maybe(choices), Maybe(choices), Maybe(choices)),
        Status = Maybe(choices),
        Version = Maybe(choices),
        Confidentiality = broken && choices.OneIn(20)
            ? null!
            : [.. Enumerable.Range(0, choices.Below(3)).Select(_ => broken && choices.OneIn(20) ? null! : Text(choices)!)],
        Recorded = choices.OneIn(2)
            ? null
            : new DateTimeOffset(2009, 3, 12, 8, 15, choices.Below(60), choices.Below(1_000), TimeSpan.FromHours(choices.Below(4) - 1)),
        Resource = Resource(choices, broken),
    };

    private static EntryValue Value(Choices choices) => new()
    {
        Number = choices.Of<decimal?>(null, 5.10m, 0m, -0.000m, 12345678901234567890.123456789m, 1e-20m),
        Comparator = Maybe(choices),
        Unit = Maybe(choices),
        UnitCode = Maybe(choices),
        Text = Maybe(choices),
        Coding = choices.OneIn(2) ? null : new Coding(Maybe(choices), null),
        Interpretation = Maybe(choices),
        ReferenceLow = choices.Of<decimal?>(null, 1.00m),
        ReferenceHigh = choices.Of<decimal?>(null, decimal.MaxValue),
    };

    private static ReadOnlyMemory<byte> Resource(Choices choices, bool broken)
    {
        if (broken && choices.OneIn(12))
            return choices.Of<byte[]>([], [(byte)'{'], "[1]"u8.ToArray(), [(byte)'{', (byte)'"', 0xC3, (byte)'"', (byte)'}'], "null"u8.ToArray());
        return Encoding.UTF8.GetBytes(choices.Of(
            "{}",
            """{"resourceType":"Observation","valueQuantity":{"value":5.10,"unit":"mmol/L"}}""",
            """{ "b" : 1 , "a" : [ null, "é\u00e9\"" ] }"""));
    }

    private static string? Maybe(Choices choices) => choices.OneIn(3) ? null : Text(choices);

    private static string? Text(Choices choices) => choices.Of(Texts);
}
