using DmpFederation.Hub.Access;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Api.GraphQl.Projection;
using GraphQL;

namespace DmpFederation.Hub.Api.GraphQl.Execution;

/// <summary>What one request carries through the library: the asker, what is known of its document, and the pooled buffers of its answer.</summary>
internal sealed class GraphQlUserContext(Actor actor) : Dictionary<string, object?>, IDisposable
{
    private readonly List<JsonBuffer> buffers = [];

    public Actor Actor { get; } = actor;

    /// <summary>What is known of the document; null before it is parsed.</summary>
    public CachedDocument? Document { get; set; }

    /// <summary>Break-glass accesses the answer rests on: shown with it whatever was selected. Null for none.</summary>
    public List<BreakGlassTicket>? BreakGlass { get; private set; }

    /// <summary>Adds one. Fields of a query may run at the same time.</summary>
    public void Show(BreakGlassTicket ticket)
    {
        lock (buffers)
            (BreakGlass ??= []).Add(ticket);
    }

    /// <summary>Lends a buffer that lives until the answer is written.</summary>
    public JsonBuffer Rent()
    {
        var buffer = new JsonBuffer();
        lock (buffers)
            buffers.Add(buffer);
        return buffer;
    }

    public void Dispose()
    {
        foreach (var buffer in buffers)
            buffer.Dispose();
        buffers.Clear();
    }
}

internal static class ResolveContextExtensions
{
    /// <summary>The asker. Every request has one: the transport answers 401 before anything is executed.</summary>
    public static Actor Actor(this IResolveFieldContext context) => ((GraphQlUserContext)context.UserContext).Actor;

    /// <summary>The state of an emergency access stays visible during all of it (EX_0.3-1050).</summary>
    public static void ShowBreakGlass(this IResolveFieldContext context, BreakGlassTicket ticket) =>
        ((GraphQlUserContext)context.UserContext).Show(ticket);

    /// <summary>Adds an error at the field (or at an item of it) while its data stays.</summary>
    public static void Report(this IResolveFieldContext context, Problem problem, int? index = null)
    {
        var error = new CodedError(problem) { Path = index is { } item ? [.. context.ResponsePath, item] : [.. context.ResponsePath] };
        error.AddLocation(context.FieldAst, context.Document);
        lock (context.Errors)
            context.Errors.Add(error);
    }
}
