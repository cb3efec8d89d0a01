using System.Text.Json;
using GraphQLParser.AST;

namespace DmpFederation.Hub.Api.GraphQl.Projection;

/// <summary>A field as selected.</summary>
/// <param name="ResponseName">Alias, or name.</param>
/// <param name="Node">Where it stands in the document, for the location of errors.</param>
/// <param name="Required">Whether its type is non-null.</param>
internal sealed record SelectedField(string ResponseName, GraphQLField Node, bool Required);

/// <summary>How one selected field of <typeparamref name="TSource"/> is written.</summary>
internal abstract class FieldPlan<TSource>(SelectedField field)
{
    private readonly byte[] prefix = [.. JsonSerializer.SerializeToUtf8Bytes(field.ResponseName), (byte)':'];

    protected SelectedField Field { get; } = field;

    /// <summary>Writes name and value. False when the value is null and may not be: the object it stands in becomes null.</summary>
    public bool Write(TSource source, Rendering rendering)
    {
        var buffer = rendering.Buffer;
        buffer.Raw(prefix);
        var start = buffer.Length;
        var depth = rendering.Depth;
        rendering.Enter(Field.ResponseName);
        Outcome outcome;
        try
        {
            outcome = WriteValue(source, rendering);
            if (outcome is Outcome.Null && Field.Required)
                rendering.Report(Field, NonNullViolation.In(Field));
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            rendering.LeaveTo(depth + 1);
            rendering.Report(Field, fault);
            outcome = Outcome.Voided;
        }

        rendering.LeaveTo(depth);
        if (outcome is Outcome.Value)
            return true;
        buffer.CutTo(start);
        buffer.Raw("null"u8);
        return !Field.Required;
    }

    protected abstract Outcome WriteValue(TSource source, Rendering rendering);
}

/// <summary>A field read from a property of the source.</summary>
internal sealed class PropertyPlan<TSource, TValue>(SelectedField field, Func<TSource, TValue> read, ValueWriter<TValue> writer)
    : FieldPlan<TSource>(field)
{
    protected override Outcome WriteValue(TSource source, Rendering rendering) => writer.Write(read(source), rendering, Field);
}

/// <summary><c>__typename</c>.</summary>
internal sealed class TypeNamePlan<TSource>(SelectedField field, string typeName) : FieldPlan<TSource>(field)
{
    protected override Outcome WriteValue(TSource source, Rendering rendering)
    {
        rendering.Buffer.Text(typeName);
        return Outcome.Value;
    }
}

internal static class NonNullViolation
{
    public static InvalidOperationException In(SelectedField field) => new($"Cannot return null for a non-null type. Field: {field.ResponseName}.");
}
