namespace DmpFederation.Hub.Api.GraphQl.Projection;

/// <summary>What became of one value.</summary>
internal enum Outcome
{
    /// <summary>Written.</summary>
    Value,

    /// <summary>It is null; nothing was written or reported.</summary>
    Null,

    /// <summary>A part that may not be null is; it was reported where it stands, and what was written is to be cut.</summary>
    Voided,
}

/// <summary>Writes a value of one CLR type as JSON.</summary>
internal abstract class ValueWriter<TValue>
{
    public abstract Outcome Write(TValue value, Rendering rendering, SelectedField field);
}

/// <summary>Writes the selected fields of an object.</summary>
internal sealed class ObjectWriter<TSource>(FieldPlan<TSource>[] fields) : ValueWriter<TSource?>
    where TSource : class
{
    public override Outcome Write(TSource? value, Rendering rendering, SelectedField field)
    {
        if (value is null)
            return Outcome.Null;
        var outcome = Outcome.Value;
        var buffer = rendering.Buffer;
        buffer.Byte((byte)'{');
        for (var i = 0; i < fields.Length; i++)
        {
            if (i > 0)
                buffer.Byte((byte)',');
            // The other fields are still visited: the engine reports every violation, not the first one.
            if (!fields[i].Write(value, rendering))
                outcome = Outcome.Voided;
        }

        buffer.Byte((byte)'}');
        return outcome;
    }
}

/// <summary>Writes a list.</summary>
internal sealed class ListWriter<TItem>(ValueWriter<TItem> items, bool itemsRequired) : ValueWriter<IReadOnlyList<TItem>?>
{
    public override Outcome Write(IReadOnlyList<TItem>? value, Rendering rendering, SelectedField field)
    {
        if (value is null)
            return Outcome.Null;
        var outcome = Outcome.Value;
        var depth = rendering.Depth;
        rendering.Buffer.Byte((byte)'[');
        for (var i = 0; i < value.Count; i++)
        {
            if (i > 0)
                rendering.Buffer.Byte((byte)',');
            rendering.Enter(i);
            if (!WriteItem(value[i], rendering, field) && itemsRequired)
                outcome = Outcome.Voided;
            rendering.LeaveTo(depth);
        }

        rendering.Buffer.Byte((byte)']');
        return outcome;
    }

    private bool WriteItem(TItem item, Rendering rendering, SelectedField field)
    {
        var start = rendering.Buffer.Length;
        var outcome = items.Write(item, rendering, field);
        if (outcome is Outcome.Value)
            return true;
        if (outcome is Outcome.Null && itemsRequired)
            rendering.Report(field, NonNullViolation.In(field));
        rendering.Buffer.CutTo(start);
        rendering.Buffer.Raw("null"u8);
        return false;
    }
}
