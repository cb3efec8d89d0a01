using System.Globalization;
using DmpFederation.Hub.Identity;
using DmpFederation.Sdk;
using GraphQL.Types;
using GraphQLParser.AST;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>What a client wrote where an INS is wanted: exactly one part is not null.</summary>
internal sealed record InsArgument(Ins? Ins, InsProblem? Problem)
{
    public override string ToString() => Ins is null ? "InsArgument(invalid)" : "InsArgument(***)";
}

/// <summary>
/// Scalar <c>INS</c>. Reading never fails here: the library's own message would quote the literal, and the number must not come back.
/// The problem travels to the resolver, which answers <c>INS_INVALID</c> with the path.
/// </summary>
internal sealed class InsScalar : ScalarGraphType
{
    private readonly string defaultSystem;

    public InsScalar(Microsoft.Extensions.Options.IOptions<IdentityOptions> options)
    {
        defaultSystem = options.Value.DefaultSystem;
        Name = "INS";
        Description = "National health identifier: INS matricule (15 characters, spaces allowed), calculated INS-C (22 digits), or either as "
            + "`urn:oid:…|value`. A bare matricule means the hub's default system. Printed as `urn:oid:…|value`.";
    }

    public override object? ParseLiteral(GraphQLValue value) => value switch
    {
        GraphQLNullValue => null,
        IHasValueNode scalar and (GraphQLStringValue or GraphQLIntValue) => Read((string)scalar.Value),
        _ => Read(null),
    };

    public override object? ParseValue(object? value) => value switch
    {
        null => null,
        InsArgument argument => argument,
        string text => Read(text),
        IFormattable number and (int or long or ulong or decimal or System.Numerics.BigInteger) =>
            Read(number.ToString(null, CultureInfo.InvariantCulture)),
        _ => Read(null),
    };

    public override bool CanParseLiteral(GraphQLValue value) => true;

    public override bool CanParseValue(object? value) => true;

    public override object? Serialize(object? value) => value switch
    {
        null => null,
        Ins ins => ins.ToWire(),
        _ => ThrowSerializationError(value.GetType().Name),
    };

    private InsArgument Read(string? text)
    {
        var (ins, problem) = Ins.Parse(text, defaultSystem);
        return new InsArgument(ins, problem);
    }
}

/// <summary>Scalar <c>FhirDate</c>: a clinical date exactly as recorded.</summary>
internal sealed class FhirDateScalar : ScalarGraphType
{
    public FhirDateScalar()
    {
        Name = "FhirDate";
        Description = "A date as recorded (FHIR R4): `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or an instant with its offset. Never rounded.";
    }

    public override object? ParseLiteral(GraphQLValue value) => value switch
    {
        GraphQLNullValue => null,
        GraphQLStringValue text when FhirDate.TryParse((string)text.Value, out var date) => date,
        _ => ThrowLiteralConversionError(value),
    };

    public override object? ParseValue(object? value) => value switch
    {
        null => null,
        FhirDate date => date,
        string text when FhirDate.TryParse(text, out var date) => date,
        _ => ThrowValueConversionError(value),
    };

    public override object? Serialize(object? value) => value switch
    {
        null => null,
        FhirDate date => date.ToString(),
        _ => ThrowSerializationError(value.GetType().Name),
    };
}

/// <summary>Scalar <c>DateTime</c>: a moment in RFC 3339.</summary>
internal sealed class DateTimeScalar : ScalarGraphType
{
    public const string Format = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz";

    public DateTimeScalar()
    {
        Name = "DateTime";
        Description = "A moment with its offset (RFC 3339).";
    }

    public override object? ParseLiteral(GraphQLValue value) => value switch
    {
        GraphQLNullValue => null,
        GraphQLStringValue text when TryRead((string)text.Value, out var moment) => moment,
        _ => ThrowLiteralConversionError(value),
    };

    public override object? ParseValue(object? value) => value switch
    {
        null => null,
        DateTimeOffset moment => moment,
        string text when TryRead(text, out var moment) => moment,
        _ => ThrowValueConversionError(value),
    };

    public override object? Serialize(object? value) => value switch
    {
        null => null,
        DateTimeOffset moment => moment.ToString(Format, CultureInfo.InvariantCulture),
        _ => ThrowSerializationError(value.GetType().Name),
    };

    private static bool TryRead(string text, out DateTimeOffset moment) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out moment)
        && text.Contains('T', StringComparison.Ordinal);
}

/// <summary>A FHIR R4 resource as the bytes the source gave.</summary>
internal readonly record struct FhirResource(ReadOnlyMemory<byte> Json)
{
    public override string ToString() => $"FhirResource({Json.Length} bytes)";
}

/// <summary>Scalar <c>FhirJson</c>.</summary>
internal sealed class FhirJsonScalar : ScalarGraphType
{
    public FhirJsonScalar()
    {
        Name = "FhirJson";
        Description = "One FHIR R4 resource as a JSON object, exactly as the source recorded it. As an input also a text that holds such an object.";
    }

    public override object? ParseLiteral(GraphQLValue value) => value is GraphQLNullValue ? null : FhirJson.Of(value);

    public override object? ParseValue(object? value) => value is null ? null : FhirJson.Of(value);

    public override bool CanParseLiteral(GraphQLValue value) => true;

    public override bool CanParseValue(object? value) => true;

    public override object? Serialize(object? value) => value switch
    {
        null => null,
        FhirResource resource when FhirBytes.IsObject(resource.Json.Span) => resource,
        FhirResource => throw new InvalidOperationException("Not a JSON object in UTF-8."),
        _ => ThrowSerializationError(value.GetType().Name),
    };
}

/// <summary>The check before bytes of a source are copied into an answer.</summary>
internal static class FhirBytes
{
    /// <summary>
    /// True for text in valid UTF-8 that starts and ends as one object. That it is well-formed in between was checked where the entry was
    /// read from the source; broken UTF-8 would make the whole answer unreadable.
    /// </summary>
    public static bool IsObject(ReadOnlySpan<byte> json) =>
        json.Length > 1 && json[0] == (byte)'{' && json[^1] == (byte)'}' && System.Text.Unicode.Utf8.IsValid(json);
}

/// <summary>Scalar <c>Long</c>.</summary>
internal sealed class LongScalar : LongGraphType
{
    public LongScalar()
    {
        Name = "Long";
        Description = "A 64-bit integer.";
    }
}

/// <summary>Scalar <c>Decimal</c>: a JSON number with the decimals that were recorded.</summary>
internal sealed class DecimalScalar : DecimalGraphType
{
    public DecimalScalar()
    {
        Name = "Decimal";
        Description = "A decimal number with the digits that were recorded: `5.10` stays `5.10`.";
    }
}
