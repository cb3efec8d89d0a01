using DmpFederation.Hub.Api.GraphQl.Schema;
using DmpFederation.Sdk;
using GraphQL.Types;

namespace DmpFederation.Hub.Api.GraphQl.Projection;

/// <summary>Writers of the scalars; each writes what its graph type's <c>Serialize</c> and the answer writer make of the same value.</summary>
internal static class ScalarWriters
{
    /// <summary>The writer for values of a CLR type, or null when it is not a scalar.</summary>
    public static object? For(Type type, IGraphType graphType)
    {
        if (type == typeof(string))
            return new TextWriter();
        if (type == typeof(int))
            return new IntWriter();
        if (type == typeof(bool))
            return new BoolWriter();
        if (type == typeof(decimal?))
            return new DecimalWriter();
        if (type == typeof(FhirDate?))
            return new FhirDateWriter();
        if (type == typeof(DateTimeOffset?))
            return new MomentWriter();
        if (type == typeof(FhirResource))
            return new FhirWriter();
        return type.IsEnum && graphType is EnumerationGraphType names
            ? Activator.CreateInstance(typeof(EnumWriter<>).MakeGenericType(type), names)
            : null;
    }

    private sealed class TextWriter : ValueWriter<string?>
    {
        public override Outcome Write(string? value, Rendering rendering, SelectedField field)
        {
            if (value is null)
                return Outcome.Null;
            rendering.Buffer.Text(value);
            return Outcome.Value;
        }
    }

    private sealed class IntWriter : ValueWriter<int>
    {
        public override Outcome Write(int value, Rendering rendering, SelectedField field)
        {
            rendering.Buffer.Number(value);
            return Outcome.Value;
        }
    }

    private sealed class BoolWriter : ValueWriter<bool>
    {
        public override Outcome Write(bool value, Rendering rendering, SelectedField field)
        {
            rendering.Buffer.Raw(value ? "true"u8 : "false"u8);
            return Outcome.Value;
        }
    }

    private sealed class DecimalWriter : ValueWriter<decimal?>
    {
        public override Outcome Write(decimal? value, Rendering rendering, SelectedField field)
        {
            if (value is not { } number)
                return Outcome.Null;
            rendering.Buffer.Number(number);
            return Outcome.Value;
        }
    }

    private sealed class FhirDateWriter : ValueWriter<FhirDate?>
    {
        public override Outcome Write(FhirDate? value, Rendering rendering, SelectedField field)
        {
            if (value is not { } date)
                return Outcome.Null;
            rendering.Buffer.Text(date.ToString());
            return Outcome.Value;
        }
    }

    private sealed class MomentWriter : ValueWriter<DateTimeOffset?>
    {
        public override Outcome Write(DateTimeOffset? value, Rendering rendering, SelectedField field)
        {
            if (value is not { } moment)
                return Outcome.Null;
            rendering.Buffer.Moment(moment, DateTimeScalar.Format);
            return Outcome.Value;
        }
    }

    private sealed class FhirWriter : ValueWriter<FhirResource>
    {
        public override Outcome Write(FhirResource value, Rendering rendering, SelectedField field)
        {
            var json = value.Json.Span;
            if (!FhirBytes.IsObject(json))
                throw new InvalidOperationException("Not a JSON object in UTF-8.");
            rendering.Buffer.Raw(json);
            return Outcome.Value;
        }
    }

    private sealed class EnumWriter<TEnum>(EnumerationGraphType type) : ValueWriter<TEnum>
        where TEnum : struct, Enum
    {
        private readonly Dictionary<TEnum, byte[]> names =
            type.Values.ToDictionary(static value => (TEnum)value.Value!, static value => System.Text.Encoding.UTF8.GetBytes($"\"{value.Name}\""));

        public override Outcome Write(TEnum value, Rendering rendering, SelectedField field)
        {
            if (!names.TryGetValue(value, out var name))
                throw new InvalidOperationException($"Not a value of {typeof(TEnum).Name}.");
            rendering.Buffer.Raw(name);
            return Outcome.Value;
        }
    }
}
