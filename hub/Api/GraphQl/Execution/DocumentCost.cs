using System.Globalization;
using DmpFederation.Hub.Api.GraphQl.Schema;
using GraphQL;
using GraphQL.Types;
using GraphQLParser;
using GraphQLParser.AST;

namespace DmpFederation.Hub.Api.GraphQl.Execution;

/// <summary>
/// Measures a document before it is validated: validation and execution of a hostile document are themselves expensive. Each fragment is
/// measured once, so that fragments spread in fragments do not multiply the work.
/// </summary>
internal sealed class DocumentCost
{
    /// <summary>Size a list of the schema's own description is taken to have.</summary>
    private const double IntrospectionItems = 10;

    private readonly GraphQLDocument document;
    private readonly ISchema schema;
    private readonly GraphQlOptions options;
    private readonly Measure? fixedMeasure;

    public DocumentCost(GraphQLDocument document, ISchema schema, string? operation, GraphQlOptions options)
    {
        this.document = document;
        this.schema = schema;
        this.options = options;
        Operation = document.Definitions.OfType<GraphQLOperationDefinition>()
            .FirstOrDefault(definition => string.IsNullOrEmpty(operation) || definition.Name?.Value == operation);
        // The shape is measured with the widest pages first: a document that passes so need not be measured again for each request.
        var widest = new Walk(this, null).Operation();
        fixedMeasure = widest.Cost <= options.MaxCost ? widest : null;
    }

    /// <summary>The operation to run; null when the document has none of that name.</summary>
    public GraphQLOperationDefinition? Operation { get; }

    /// <summary>The problem when the operation goes beyond a bound, with the variables of this request.</summary>
    public Problem? Check(Inputs variables)
    {
        var measure = fixedMeasure ?? new Walk(this, variables).Operation();
        if (measure.Depth > options.MaxDepth)
            return ProblemMap.TooDeep(measure.Depth, options.MaxDepth);
        if (measure.IntrospectionDepth > options.MaxIntrospectionDepth)
            return ProblemMap.TooDeep(measure.IntrospectionDepth, options.MaxIntrospectionDepth);
        return measure.Cost > options.MaxCost ? ProblemMap.TooCostly(measure.Cost, options.MaxCost) : null;
    }

    private readonly record struct Measure(int Depth, int IntrospectionDepth, double Cost)
    {
        public Measure Beside(Measure other) =>
            new(Math.Max(Depth, other.Depth), Math.Max(IntrospectionDepth, other.IntrospectionDepth), Cost + other.Cost);
    }

    /// <summary>One pass; <paramref name="variables"/> null takes every list argument given by a variable at its widest.</summary>
    private sealed class Walk(DocumentCost owner, Inputs? variables)
    {
        private readonly Dictionary<(ROM, bool), Measure?> fragments = [];

        public Measure Operation() => owner.Operation is { } operation
            ? Selections(operation.SelectionSet, RootOf(operation), introspection: false)
            : default;

        private Measure Selections(GraphQLSelectionSet? set, IGraphType? type, bool introspection)
        {
            var sum = default(Measure);
            foreach (var selection in set?.Selections ?? [])
            {
                sum = sum.Beside(selection switch
                {
                    GraphQLField field => Field(field, type, introspection),
                    GraphQLInlineFragment inline => Selections(inline.SelectionSet, TypeOf(inline.TypeCondition) ?? type, introspection),
                    GraphQLFragmentSpread spread => Fragment(spread.FragmentName.Name.Value, introspection),
                    _ => default,
                });
            }

            return sum;
        }

        private Measure Fragment(ROM name, bool introspection)
        {
            if (fragments.TryGetValue((name, introspection), out var known))
                return known ?? default; // null: being measured, a cycle, which validation refuses
            if (owner.document.FindFragmentDefinition(name) is not { } definition)
                return default;
            fragments[(name, introspection)] = null;
            var measure = Selections(definition.SelectionSet, TypeOf(definition.TypeCondition), introspection);
            fragments[(name, introspection)] = measure;
            return measure;
        }

        private Measure Field(GraphQLField field, IGraphType? parent, bool introspection)
        {
            var name = field.Name.Value;
            introspection |= name == "__schema" || name == "__type";
            var definition = FieldOf(name, parent);
            var below = Selections(field.SelectionSet, definition?.ResolvedType?.GetNamedType(), introspection);
            var cost = definition is null ? null : CostAttribute.Of(definition);
            var items = introspection && definition?.ResolvedType is { } type && IsList(type) ? IntrospectionItems : Items(field, cost);
            return new Measure(
                introspection ? 0 : below.Depth + 1,
                introspection ? below.IntrospectionDepth + 1 : below.IntrospectionDepth,
                (cost?.Self ?? 1) + (items * below.Cost));
        }

        private double Items(GraphQLField field, CostAttribute? cost)
        {
            if (cost is null)
                return 1;
            if (cost.SizedBy is not { } sizedBy || field.Arguments?.Items.Find(argument => argument.Name.Value == sizedBy)?.Value is not { } value)
                return cost.Items;
            return value switch
            {
                GraphQLIntValue number => Number((string)number.Value, cost),
                GraphQLListValue list => list.Values?.Count ?? 0,
                GraphQLVariable variable when variables is null => Widest(cost),
                GraphQLVariable variable => variables.TryGetValue((string)variable.Name.Value, out var given) ? Given(given, cost) : Widest(cost),
                _ => cost.Items,
            };
        }

        private static double Given(object? value, CostAttribute cost) => value switch
        {
            null => cost.Items,
            System.Collections.ICollection list => Math.Min(list.Count, Widest(cost)),
            IFormattable number => Number(number.ToString(null, CultureInfo.InvariantCulture), cost),
            _ => 1,
        };

        // Out of range values are refused by the field itself.
        private static double Number(string text, CostAttribute cost) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? Math.Clamp(number, 0, Widest(cost))
                : cost.Items;

        private static double Widest(CostAttribute cost) => cost.SizedBy == "first" ? DossierView.MaxPage : cost.Items;

        private IGraphType? RootOf(GraphQLOperationDefinition operation) => operation.Operation switch
        {
            OperationType.Query => owner.schema.Query,
            OperationType.Mutation => owner.schema.Mutation,
            OperationType.Subscription => owner.schema.Subscription,
            _ => null,
        };

        private IGraphType? TypeOf(GraphQLTypeCondition? condition) =>
            condition is null ? null : owner.schema.AllTypes[condition.Type.Name.Value];

        private FieldType? FieldOf(ROM name, IGraphType? parent) =>
            name == "__schema" ? owner.schema.SchemaMetaFieldType
            : name == "__type" ? owner.schema.TypeMetaFieldType
            : (parent as IComplexGraphType)?.GetField(name);

        private static bool IsList(IGraphType type) => (type is NonNullGraphType required ? required.ResolvedType : type) is ListGraphType;
    }
}
