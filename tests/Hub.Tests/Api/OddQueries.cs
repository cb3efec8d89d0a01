using System.Text;
using GraphQL;
using GraphQL.Types;

namespace DmpFederation.Hub.Tests.Api;

/// <summary>Valid selections of entries with aliases, repeated fields, fragments and conditions in every mixture.</summary>
internal sealed class OddQueries(ISchema schema, Choices choices)
{
    public const string Variables = "$yes: Boolean!, $no: Boolean!";
    private readonly StringBuilder fragments = new();
    private int names;

    public string Draw()
    {
        var selection = Selection((IObjectGraphType)schema.AllTypes["Entry"]!, 3);
        var second = choices.OneIn(3) ? $"nodes {{ {Selection((IObjectGraphType)schema.AllTypes["Entry"]!, 2)} }}" : "";
        var use = "used: me @skip(if: $no) @include(if: $yes) { id }";
        var entries = $"entries {{ nodes {{ {selection} }} hasNext {second} }}";
        return $"query({Variables}) {{ {use} d: dossier(ins: \"{GraphQlRig.Ins}\") {{ {entries} }} }} {fragments}";
    }

    private string Selection(IObjectGraphType type, int depth)
    {
        var text = new StringBuilder();
        for (var count = 1 + choices.Below(7); count > 0; count--)
            text.Append(Part(type, depth)).Append(' ');
        return text.ToString();
    }

    private string Part(IObjectGraphType type, int depth)
    {
        if (depth > 0 && choices.OneIn(8))
            return $"... {(choices.OneIn(2) ? $"on {type.Name}" : "")} {Condition()} {{ {Selection(type, depth - 1)} }}";
        if (depth > 0 && choices.OneIn(10))
        {
            var name = $"f{names++}";
            var selection = Selection(type, depth - 1); // may itself add fragments
            fragments.Append(System.Globalization.CultureInfo.InvariantCulture, $" fragment {name} on {type.Name} {{ {selection} }}");
            return $"...{name} {Condition()}";
        }

        if (choices.OneIn(9))
            return $"{Alias()}__typename {Condition()}";
        var field = type.Fields.ElementAt(choices.Below(type.Fields.Count));
        var below = field.ResolvedType!.GetNamedType() is IObjectGraphType child ? $"{{ {Selection(child, depth - 1)} }}" : "";
        return $"{Alias()}{field.Name} {Condition()} {below}";
    }

    private string Alias() => choices.OneIn(3) ? $"a{names++}: " : "";

    private string Condition() => choices.Below(8) switch
    {
        0 => "@skip(if: $no)",
        1 => "@include(if: $yes)",
        2 => "@skip(if: $yes)",
        3 => "@include(if: false)",
        _ => "",
    };
}
