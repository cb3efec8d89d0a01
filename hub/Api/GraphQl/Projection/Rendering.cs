using GraphQL;
using ExecutionContext = GraphQL.Execution.ExecutionContext;

namespace DmpFederation.Hub.Api.GraphQl.Projection;

/// <summary>One list being written: the buffer, where we are in it, and how a violation is reported.</summary>
internal sealed class Rendering(JsonBuffer buffer, ExecutionContext context, ProjectedListNode node, Func<Exception, ExecutionError> toError)
{
    private string?[] names = new string?[8];
    private int[] indexes = new int[8];

    public JsonBuffer Buffer { get; } = buffer;

    /// <summary>How many names and indexes lead here from the list.</summary>
    public int Depth { get; private set; }

    public void Enter(string name) => Push(name, 0);

    public void Enter(int index) => Push(null, index);

    public void LeaveTo(int depth) => Depth = depth;

    /// <summary>Adds an error at the place now written, as the engine does for a node.</summary>
    public void Report(SelectedField field, Exception fault)
    {
        var error = toError(fault);
        error.AddLocation(field.Node, context.Document);
        var path = new List<object>(node.ResponsePath);
        for (var i = 0; i < Depth; i++)
            path.Add(names[i] ?? (object)indexes[i]);
        error.Path = path;
        lock (context.Errors)
            context.Errors.Add(error);
    }

    private void Push(string? name, int index)
    {
        if (Depth == indexes.Length)
        {
            Array.Resize(ref names, Depth * 2);
            Array.Resize(ref indexes, Depth * 2);
        }

        names[Depth] = name;
        indexes[Depth++] = index;
    }
}
