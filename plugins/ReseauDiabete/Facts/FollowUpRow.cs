using DmpFederation.Plugins.ReseauDiabete.Exports;
using DmpFederation.Plugins.ReseauDiabete.Rows;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.ReseauDiabete.Facts;

/// <summary>A line of the follow-up file whose fields have a meaning.</summary>
internal sealed record FollowUpRow
{
    private const int DateAt = 4;
    private const int RubricAt = 5;
    private const int ValueAt = 6;
    private const int SecondAt = 7;
    private const int UnitAt = 8;
    private const int CodeAt = 9;
    private const int LabelAt = 10;
    private const int CommentAt = 11;
    private const int RppsAt = 12;
    private const int ProfessionalAt = 13;
    private const int FinessAt = 14;
    private const int StructureAt = 15;
    private const int RecordedAt = 16;

    public required string Number { get; init; }

    public required string Version { get; init; }

    public required Rubric Rubric { get; init; }

    public required FhirDate Date { get; init; }

    /// <summary>The measurement, the systolic pressure or the grade of the foot. Null where the heading has none.</summary>
    public decimal? Value { get; init; }

    /// <summary><c>&lt;</c> or <c>&gt;</c> where the method went no further. Null for equality.</summary>
    public string? Comparator { get; init; }

    /// <summary>The diastolic pressure.</summary>
    public decimal? Second { get; init; }

    public RubricUnit? Unit { get; init; }

    /// <summary>The code the row names, or the heading's own. Null for a measurement, whose unit decides.</summary>
    public Coding? Code { get; init; }

    /// <summary>What was found, taught, planned or taken. Null when not stated.</summary>
    public string? Label { get; init; }

    public string? Comment { get; init; }

    /// <summary>Eleven digits. A number of another form identifies nobody and is left out; the name stays.</summary>
    public string? Rpps { get; init; }

    public string? Professional { get; init; }

    /// <summary>Nine characters, likewise.</summary>
    public string? Finess { get; init; }

    public string? Structure { get; init; }

    /// <summary>When the network recorded this version. Null when not stated.</summary>
    public DateTimeOffset? Recorded { get; init; }

    /// <summary>Reads the fields of a row that stands; its head has been read before.</summary>
    /// <param name="fields">In the order of <see cref="RowColumns.FollowUp"/>.</param>
    /// <param name="row">Null with a problem.</param>
    public static RowProblem? Read(ReadOnlySpan<string> fields, out FollowUpRow? row)
    {
        row = null;
        if (!FrenchText.TryDay(fields[DateAt], out var date))
            return RowProblem.Date("Date", "a calendar day, jj/mm/aaaa");
        DateTimeOffset recorded = default;
        if (fields[RecordedAt].Length > 0 && !FrenchText.TryMoment(fields[RecordedAt], out recorded))
            return RowProblem.Date("Date de saisie", "a moment, jj/mm/aaaa hh:mm, or empty");
        if (Rubric.Find(fields[RubricAt]) is not { } rubric)
            return RowProblem.Rubric();
        if (ReadCode(rubric, fields[CodeAt], out var code) is { } uncoded)
            return uncoded;
        if (ReadMeasure(rubric, fields, out var measure) is { } unmeasured)
            return unmeasured;
        row = new FollowUpRow
        {
            Number = fields[RowColumns.Number],
            Version = fields[RowColumns.Version],
            Rubric = rubric,
            Date = date,
            Value = measure.Value,
            Comparator = measure.Comparator,
            Second = measure.Second,
            Unit = measure.Unit,
            Code = code,
            Label = Stated(fields[LabelAt]),
            Comment = Stated(fields[CommentAt]),
            Rpps = IsDigits(fields[RppsAt], 11) ? fields[RppsAt] : null,
            Professional = Stated(fields[ProfessionalAt]),
            Finess = fields[FinessAt] is { Length: 9 } finess && finess.All(char.IsAsciiLetterOrDigit) ? finess : null,
            Structure = Stated(fields[StructureAt]),
            Recorded = fields[RecordedAt].Length > 0 ? recorded : null,
        };
        return null;
    }

    private static RowProblem? ReadCode(Rubric rubric, string text, out Coding? code)
    {
        code = rubric.Code;
        switch (rubric.Shape)
        {
            case FactShape.Treatment:
                code = new Coding(Rubric.Atc, text);
                return text.Length == 7 && text.All(char.IsAsciiLetterOrDigit) ? null : RowProblem.Coded();
            case FactShape.Act when text.Length > 0:
                code = new Coding(Rubric.Ccam, text);
                return text.Length == 7 && text.All(char.IsAsciiLetterOrDigit) ? null : RowProblem.Coded();
            default:
                return null;
        }
    }

    private static RowProblem? ReadMeasure(
        Rubric rubric, ReadOnlySpan<string> fields, out (decimal? Value, string? Comparator, decimal? Second, RubricUnit? Unit) measure)
    {
        measure = default;
        if (rubric.Name == Rubric.Foot)
        {
            if (!FrenchText.TryNumber(fields[ValueAt], out var grade) || grade is not (0 or 1 or 2 or 3))
                return RowProblem.Number("Valeur", "the grade of the foot, 0 to 3");
            measure.Value = grade;
            return null;
        }
        if (!rubric.IsMeasured)
            return null;
        var text = fields[ValueAt].AsSpan();
        measure.Comparator = text is ['<', ..] ? "<" : text is ['>', ..] ? ">" : null;
        if (!FrenchText.TryNumber(measure.Comparator is null ? text : text[1..].Trim(), out var value))
            return RowProblem.Number("Valeur", "a number with a decimal comma, after < or > where the method went no further");
        measure.Value = value;
        if (rubric.Shape == FactShape.BloodPressure)
        {
            if (measure.Comparator is not null || !FrenchText.TryNumber(fields[SecondAt], out var second))
                return RowProblem.Number("Valeur 2", "the diastolic pressure beside the systolic one, both plain numbers");
            measure.Second = second;
        }
        var written = fields[UnitAt];
        measure.Unit = rubric.Units.FirstOrDefault(unit => unit.Written == written);
        return measure.Unit is null ? RowProblem.Unit() : null;
    }

    private static string? Stated(string text) => text.Length > 0 ? text : null;

    private static bool IsDigits(string text, int length) => text.Length == length && text.All(char.IsAsciiDigit);
}
