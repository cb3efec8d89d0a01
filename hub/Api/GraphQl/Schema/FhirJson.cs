using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json;
using GraphQLParser.AST;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>
/// Reads a FHIR resource that a client sends, as an object or as a text that holds one. Reading never fails here: a message of the library would
/// quote what was sent. What is no object becomes no bytes, and whoever takes it says so.
/// </summary>
internal static class FhirJson
{
    private static readonly FhirResource None = new(ReadOnlyMemory<byte>.Empty);

    public static FhirResource Of(GraphQLValue literal) => literal switch
    {
        GraphQLStringValue text => OfText((string)text.Value),
        GraphQLObjectValue value => Written(json => Write(json, value)),
        _ => None,
    };

    public static FhirResource Of(object value) => value switch
    {
        FhirResource resource => resource,
        string text => OfText(text),
        IDictionary<string, object?> or IReadOnlyDictionary<string, object?> => Written(json => Write(json, value)),
        _ => None,
    };

    /// <summary>Exactly the bytes of the text; half a surrogate pair is no Unicode and therefore no resource.</summary>
    private static FhirResource OfText(string text)
    {
        try
        {
            return new FhirResource(new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(text));
        }
        catch (EncoderFallbackException)
        {
            return None;
        }
    }

    private static FhirResource Written(Func<Utf8JsonWriter, bool> write)
    {
        var bytes = new ArrayBufferWriter<byte>(1_024);
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { MaxDepth = 64, SkipValidation = false }))
        {
            try
            {
                if (!write(json))
                    return None;
            }
            catch (Exception fault) when (fault is InvalidOperationException or ArgumentException)
            {
                // Too deep, or a text that is no Unicode.
                return None;
            }
        }
        return new FhirResource(bytes.WrittenMemory);
    }

    private static bool Write(Utf8JsonWriter json, GraphQLValue value)
    {
        switch (value)
        {
            case GraphQLObjectValue { Fields: var fields }:
                json.WriteStartObject();
                foreach (var field in fields ?? [])
                {
                    json.WritePropertyName(field.Name.StringValue);
                    if (!Write(json, field.Value))
                        return false;
                }
                json.WriteEndObject();
                return true;
            case GraphQLListValue { Values: var values }:
                json.WriteStartArray();
                foreach (var item in values ?? [])
                {
                    if (!Write(json, item))
                        return false;
                }
                json.WriteEndArray();
                return true;
            case GraphQLStringValue text:
                json.WriteStringValue((string)text.Value);
                return true;
            case GraphQLIntValue or GraphQLFloatValue:
                // With the digits that were written.
                json.WriteRawValue((string)((IHasValueNode)value).Value);
                return true;
            case GraphQLBooleanValue flag:
                json.WriteBooleanValue(flag.BoolValue);
                return true;
            case GraphQLNullValue:
                json.WriteNullValue();
                return true;
            default:
                return false;
        }
    }

    private static bool Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                return true;
            case string text:
                json.WriteStringValue(text);
                return true;
            case bool flag:
                json.WriteBooleanValue(flag);
                return true;
            case IEnumerable<KeyValuePair<string, object?>> members:
                json.WriteStartObject();
                foreach (var (name, member) in members)
                {
                    json.WritePropertyName(name);
                    if (!Write(json, member))
                        return false;
                }
                json.WriteEndObject();
                return true;
            case IEnumerable items:
                json.WriteStartArray();
                foreach (var item in items)
                {
                    if (!Write(json, item))
                        return false;
                }
                json.WriteEndArray();
                return true;
            case IFormattable number:
                json.WriteRawValue(number.ToString(null, CultureInfo.InvariantCulture));
                return true;
            default:
                return false;
        }
    }
}
