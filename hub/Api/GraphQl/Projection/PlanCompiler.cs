using System.Reflection;
using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;

namespace DmpFederation.Hub.Api.GraphQl.Projection;

/// <summary>
/// The engine's own collection of the fields of a selection set: aliases, merging, fragments, <c>@skip</c> and <c>@include</c> are its semantics.
/// </summary>
internal delegate Dictionary<string, (GraphQLField Field, FieldType Type)> CollectFields(IGraphType type, GraphQLSelectionSet selections);

/// <summary>
/// Turns the selection set of a projected list into a tree of writers over the CLR properties that the resolvers of the same fields read.
/// </summary>
internal sealed class PlanCompiler(CollectFields collect)
{
    private static readonly MethodInfo CompileObjectMethod =
        typeof(PlanCompiler).GetMethod(nameof(CompileObject), BindingFlags.Instance | BindingFlags.NonPublic)!;

    private static readonly MethodInfo CompilePropertyMethod =
        typeof(PlanCompiler).GetMethod(nameof(CompileProperty), BindingFlags.Instance | BindingFlags.NonPublic)!;

    private static readonly MethodInfo CompileListMethod =
        typeof(PlanCompiler).GetMethod(nameof(CompileList), BindingFlags.Static | BindingFlags.NonPublic)!;

    /// <summary>A writer for the list a field resolves to.</summary>
    public ListPlan Compile(FieldType definition, GraphQLField field)
    {
        var list = (ListGraphType)Unwrap(definition.ResolvedType!);
        var itemType = ItemOf(list.ResolvedType!.GetNamedType());
        var writer = Writer(typeof(IReadOnlyList<>).MakeGenericType(itemType), definition.ResolvedType!, field);
        return (ListPlan)Activator.CreateInstance(
            typeof(ListPlan<>).MakeGenericType(itemType), writer, new SelectedField(field.Name.StringValue, field, Required: false))!;
    }

    private object Writer(Type clrType, IGraphType graphType, GraphQLField field)
    {
        var unwrapped = Unwrap(graphType);
        if (unwrapped is ListGraphType list)
        {
            var item = clrType.GetGenericArguments()[0];
            var writer = Writer(item, list.ResolvedType!, field);
            return CompileListMethod.MakeGenericMethod(item).Invoke(null, [writer, list.ResolvedType is NonNullGraphType])!;
        }

        return ScalarWriters.For(clrType, unwrapped)
            ?? (unwrapped is IObjectGraphType type
                ? CompileObjectMethod.MakeGenericMethod(clrType).Invoke(this, [type, field.SelectionSet!])!
                : throw new InvalidOperationException($"A projected list cannot hold {clrType.Name}."));
    }

    private ObjectWriter<T> CompileObject<T>(IObjectGraphType type, GraphQLSelectionSet selections)
        where T : class
    {
        var fields = collect(type, selections);
        var plans = new List<FieldPlan<T>>(fields.Count);
        foreach (var (responseName, (field, definition)) in fields)
        {
            var selected = new SelectedField(responseName, field, definition.ResolvedType is NonNullGraphType);
            if (definition.Name == "__typename")
            {
                plans.Add(new TypeNamePlan<T>(selected, type.Name));
                continue;
            }

            var property = PropertyOf(typeof(T), definition.Name);
            plans.Add((FieldPlan<T>)CompilePropertyMethod.MakeGenericMethod(typeof(T), property.PropertyType)
                .Invoke(this, [selected, property, definition])!);
        }

        return new ObjectWriter<T>([.. plans]);
    }

    private PropertyPlan<TSource, TValue> CompileProperty<TSource, TValue>(SelectedField selected, PropertyInfo property, FieldType definition)
    {
        var read = property.GetMethod!.CreateDelegate<Func<TSource, TValue>>();
        return new(selected, read, (ValueWriter<TValue>)Writer(typeof(TValue), definition.ResolvedType!, selected.Node));
    }

    private static ListWriter<TItem> CompileList<TItem>(ValueWriter<TItem> items, bool itemsRequired) => new(items, itemsRequired);

    private static IGraphType Unwrap(IGraphType type) => type is NonNullGraphType required ? required.ResolvedType! : type;

    private static Type ItemOf(IGraphType type)
    {
        for (var candidate = type.GetType(); candidate is not null; candidate = candidate.BaseType)
        {
            if (candidate.IsGenericType && candidate.GetGenericTypeDefinition() == typeof(AutoRegisteringObjectGraphType<>))
                return candidate.GetGenericArguments()[0];
        }

        throw new InvalidOperationException($"The items of a projected list must be an annotated type, not {type.Name}.");
    }

    private static PropertyInfo PropertyOf(Type type, string fieldName) =>
        type.GetProperties().FirstOrDefault(property => property.Name.ToCamelCase() == fieldName)
        ?? throw new InvalidOperationException($"{type.Name} has no property for {fieldName}: below a projected list every field is one.");
}

/// <summary>Writes one projected list.</summary>
internal abstract class ListPlan
{
    /// <summary>False when the list became null; what was written is then to be dropped.</summary>
    public abstract bool Write(object items, Rendering rendering);
}

/// <inheritdoc/>
internal sealed class ListPlan<TItem>(ValueWriter<IReadOnlyList<TItem>> writer, SelectedField field) : ListPlan
{
    public override bool Write(object items, Rendering rendering) =>
        writer.Write((IReadOnlyList<TItem>)items, rendering, field) is Outcome.Value;
}
