using DmpFederation.Sdk;

namespace DmpFederation.Plugins.HprimBiologie.Hprim;

/// <summary>One report of a file: a patient's header, free text, and results. Texts are as written, trimmed.</summary>
internal sealed record HprimReport
{
    public required HprimHeader Header { get; init; }

    public required IReadOnlyList<string> FreeText { get; init; }

    /// <summary>Lines of the <c>****LAB****</c> part in their order.</summary>
    public required IReadOnlyList<HprimLabLine> Lab { get; init; }

    /// <summary>False when the file stopped before the report ended.</summary>
    public required bool Complete { get; init; }

    /// <summary>What of the report could not be read.</summary>
    public required IReadOnlyList<HprimProblem> Problems { get; init; }

    /// <summary>Line of the file it begins on, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>Its bytes, from the header to the end mark, which is left out.</summary>
    public required ReadOnlyMemory<byte> Raw { get; init; }

    public IEnumerable<HprimResult> Results => Lab.OfType<HprimResult>();
}

/// <summary>The twelve lines before the text. Empty texts were blank.</summary>
internal sealed record HprimHeader
{
    /// <summary>Line 1: the laboratory's number of the patient.</summary>
    public required string PatientCode { get; init; }

    public required string Name { get; init; }

    public required string GivenName { get; init; }

    public required IReadOnlyList<string> Address { get; init; }

    /// <summary>Line 7. Null when blank, or of a year of two digits that may be of two centuries (<see cref="ShortBirthDate"/>).</summary>
    public required DateOnly? BirthDate { get; init; }

    /// <summary>Birth date whose century the file leaves open, in the later of the two that are possible. Null otherwise.</summary>
    public DateOnly? ShortBirthDate { get; init; }

    /// <summary>Line 8 without spaces: 13 characters and a key. May be the number of the insured parent. Empty when blank.</summary>
    public required string Nir { get; init; }

    /// <summary>Line 9: number of the report in its laboratory.</summary>
    public required string FileNumber { get; init; }

    /// <summary>Line 10. Null when blank.</summary>
    public required DateOnly? Date { get; init; }

    /// <summary>Line 11, first word.</summary>
    public required string Sender { get; init; }

    /// <summary>Line 11, the rest.</summary>
    public required string SenderName { get; init; }

    /// <summary>Line 12.</summary>
    public required string Recipient { get; init; }

    public override string ToString() => nameof(HprimHeader);
}

/// <summary>A line of the <c>****LAB****</c> part.</summary>
internal abstract record HprimLabLine;

/// <summary><c>TEX|free text</c>.</summary>
internal sealed record HprimText(string Text) : HprimLabLine
{
    public override string ToString() => nameof(HprimText);
}

/// <summary><c>RES|label|code|type|value|unit|low|high|flag|status|value2|unit2|low2|high2|</c>. Missing fields are empty.</summary>
internal sealed record HprimResult : HprimLabLine
{
    public required string Label { get; init; }

    public required string Code { get; init; }

    /// <summary><c>N</c> numeric, <c>A</c> alphanumeric.</summary>
    public required string Type { get; init; }

    public required HprimMeasure First { get; init; }

    /// <summary>The same measurement in another unit. Null when there is none.</summary>
    public HprimMeasure? Second { get; init; }

    /// <summary><c>N L H LL HH</c>.</summary>
    public required string Flag { get; init; }

    /// <summary><c>F</c> final, <c>P</c> preliminary, <c>X</c> withdrawn.</summary>
    public required string Status { get; init; }

    public override string ToString() => nameof(HprimResult);
}

/// <summary>A value, its unit and its reference range, as written.</summary>
internal sealed record HprimMeasure(string Value, string Unit, string Low, string High)
{
    public override string ToString() => nameof(HprimMeasure);
}

/// <summary>Whom a header names.</summary>
/// <param name="Name">Line 2.</param>
/// <param name="GivenName">Line 3.</param>
/// <param name="BirthDate">As <see cref="HprimHeader.BirthDate"/>.</param>
/// <param name="ShortBirthDate">As <see cref="HprimHeader.ShortBirthDate"/>.</param>
internal sealed record HprimPerson(string Name, string GivenName, DateOnly? BirthDate, DateOnly? ShortBirthDate)
{
    public static HprimPerson Of(HprimHeader header) => new(header.Name, header.GivenName, header.BirthDate, header.ShortBirthDate);

    public override string ToString() => nameof(HprimPerson);
}

/// <summary>A part of a file that could not be read.</summary>
/// <param name="Code">Stable upper-case code.</param>
/// <param name="Reason">What to fix; never patient data.</param>
/// <param name="Line">Line of the file, from 1.</param>
/// <param name="Raw">Its bytes.</param>
/// <param name="Person">Whom it names all the same; null when it may be about anybody.</param>
internal sealed record HprimProblem(string Code, string Reason, int Line, ReadOnlyMemory<byte> Raw, HprimPerson? Person = null)
{
    public override string ToString() => Code;

    public Unreadable At(string file, PatientKey? patient = null, string? localId = null) => new()
    {
        Code = Code,
        Reason = Reason,
        Position = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{file}:{Line}"),
        Raw = Raw,
        Patient = patient,
        LocalId = localId,
    };
}

/// <summary>What a file holds.</summary>
/// <param name="Reports">In their order.</param>
/// <param name="Problems">Parts that belong to no report.</param>
/// <param name="Ended">True when the mark of its end was there: nobody writes it any more.</param>
/// <param name="CodePage">Its encoding.</param>
internal sealed record HprimFile(IReadOnlyList<HprimReport> Reports, IReadOnlyList<HprimProblem> Problems, bool Ended, int CodePage);
