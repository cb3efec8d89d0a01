using System.Reflection;

namespace DmpFederation.Hub.Connectors.Plugins;

/// <summary>
/// Finds a type in the public surface of a plug-in's entry class that is neither of the SDK nor of the framework: such a type would tie the hub
/// to a version the plug-in chose, and keep the plug-in from unloading.
/// </summary>
internal static class PublicSurface
{
    private static readonly string FrameworkFolder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    /// <summary>The first foreign type with the member that shows it, or null.</summary>
    public static string? FindForeign(Type entry)
    {
        foreach (var member in entry.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy))
        {
            if (TypesOf(member).SelectMany(Flatten).FirstOrDefault(IsForeign) is { } foreign)
                return $"{foreign.FullName ?? foreign.Name} in {member.Name}";
        }
        return entry.GetInterfaces().SelectMany(Flatten).FirstOrDefault(type => type.IsPublic && IsForeign(type)) is { } implemented
            ? $"{implemented.FullName ?? implemented.Name} as an interface"
            : null;
    }

    private static IEnumerable<Type> TypesOf(MemberInfo member) => member switch
    {
        MethodInfo method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType),
        ConstructorInfo constructor => constructor.GetParameters().Select(parameter => parameter.ParameterType),
        PropertyInfo property => [property.PropertyType],
        FieldInfo field => [field.FieldType],
        EventInfo happening => happening.EventHandlerType is { } handler ? [handler] : [],
        Type nested => [nested],
        _ => [],
    };

    private static IEnumerable<Type> Flatten(Type type)
    {
        if (type.HasElementType)
            return Flatten(type.GetElementType()!);
        return type.IsGenericType ? type.GetGenericArguments().SelectMany(Flatten).Append(type.GetGenericTypeDefinition()) : [type];
    }

    private static bool IsForeign(Type type) =>
        !type.IsGenericParameter
        && !SharedAssemblies.IsContract(type.Assembly)
        && Path.GetDirectoryName(type.Assembly.Location) != FrameworkFolder;
}
