using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Tests.National.Copies;

/// <summary>Everything a value holds as one text, every property of it, also those that are added one day: two that print the same are the same.</summary>
internal static class Printed
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    public static string Of(PatientCopy copy)
    {
        var text = new StringBuilder();
        Write(copy with { Contents = new Dictionary<string, ContentCopy>() }, text);
        return text.ToString();
    }

    public static string Of(DossierEntry entry)
    {
        var text = new StringBuilder();
        Write(entry, text);
        return text.ToString();
    }

    private static void Write(object? value, StringBuilder text)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case string words:
                text.Append('"').Append(Convert.ToHexString(Encoding.Unicode.GetBytes(words))).Append('"');
                break;
            case ReadOnlyMemory<byte> bytes:
                text.Append(Convert.ToHexString(bytes.Span));
                break;
            case DateTimeOffset moment:
                text.Append(moment.ToString("O", CultureInfo.InvariantCulture));
                break;
            case IFormattable or bool or Enum:
                text.Append(CultureInfo.InvariantCulture, $"{value}");
                break;
            case IEnumerable many:
                text.Append('[');
                foreach (var one in many)
                {
                    Write(one, text);
                    text.Append(',');
                }
                text.Append(']');
                break;
            default:
                WriteProperties(value, text);
                break;
        }
    }

    private static void WriteProperties(object value, StringBuilder text)
    {
        text.Append('{');
        if (value is FhirDate date)
            text.Append(date.ToString()).Append(' ');
        if (value is ValueTuple<int, int> pair)
            text.Append(CultureInfo.InvariantCulture, $"{pair}");
        foreach (var property in value.GetType().GetProperties(Any).Where(Tells).OrderBy(static one => one.Name, StringComparer.Ordinal))
        {
            text.Append(property.Name).Append('=');
            Write(property.GetValue(value), text);
            text.Append(';');
        }
        text.Append('}');
    }

    private static bool Tells(PropertyInfo property) => property.GetIndexParameters().Length == 0 && property.Name != "EqualityContract";
}
