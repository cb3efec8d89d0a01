using DmpFederation.Sdk;

namespace DmpFederation.Hub.National.Copies.Codec;

/// <summary>The value of a fact within its envelope: a mask of what is there, then each part in a fixed order.</summary>
internal static class ValueCodec
{
    public static void Write(EntryValue value, BlobWriter blob)
    {
        blob.Byte((byte)PartsOf(value));
        if (value.Number is { } number)
            blob.Decimal(number);
        if (value.ReferenceLow is { } low)
            blob.Decimal(low);
        if (value.ReferenceHigh is { } high)
            blob.Decimal(high);
        if (value.Coding is not null)
            EntryCodec.Write(value.Coding, blob);
        if (value.Text is not null)
            blob.Text(value.Text);
        if (value.Comparator is not null)
            blob.Text(value.Comparator);
        if (value.Interpretation is not null)
            blob.Text(value.Interpretation);
        // Last two parts of a mask of eight bits.
        if (value.Unit is not null || value.UnitCode is not null)
        {
            blob.Maybe(value.Unit);
            blob.Maybe(value.UnitCode);
        }
    }

    public static EntryValue Read(ref BlobReader blob)
    {
        var parts = (Parts)blob.Byte();
        decimal? number = parts.HasFlag(Parts.Number) ? blob.Decimal() : null;
        decimal? low = parts.HasFlag(Parts.Low) ? blob.Decimal() : null;
        decimal? high = parts.HasFlag(Parts.High) ? blob.Decimal() : null;
        var coding = parts.HasFlag(Parts.Coding) ? EntryCodec.ReadCoding(ref blob).Coding : null;
        var text = parts.HasFlag(Parts.Text) ? blob.Text() : null;
        var comparator = parts.HasFlag(Parts.Comparator) ? blob.Term() : null;
        var interpretation = parts.HasFlag(Parts.Interpretation) ? blob.Term() : null;
        var hasUnit = parts.HasFlag(Parts.Unit);
        return new EntryValue
        {
            Number = number,
            Comparator = comparator,
            Unit = hasUnit ? blob.MaybeTerm() : null,
            UnitCode = hasUnit ? blob.MaybeTerm() : null,
            Coding = coding,
            Text = text,
            ReferenceLow = low,
            ReferenceHigh = high,
            Interpretation = interpretation,
        };
    }

    private static Parts PartsOf(EntryValue value) =>
        (value.Number is null ? Parts.None : Parts.Number)
        | (value.ReferenceLow is null ? Parts.None : Parts.Low)
        | (value.ReferenceHigh is null ? Parts.None : Parts.High)
        | (value.Coding is null ? Parts.None : Parts.Coding)
        | (value.Text is null ? Parts.None : Parts.Text)
        | (value.Comparator is null ? Parts.None : Parts.Comparator)
        | (value.Interpretation is null ? Parts.None : Parts.Interpretation)
        | (value.Unit is null && value.UnitCode is null ? Parts.None : Parts.Unit);

    /// <summary>What is there. Never renumbered: the numbers are in every database.</summary>
    [Flags]
    private enum Parts : byte
    {
        None = 0,
        Number = 1,
        Low = 2,
        High = 4,
        Coding = 8,
        Text = 16,
        Comparator = 32,
        Interpretation = 64,
        Unit = 128,
    }
}
