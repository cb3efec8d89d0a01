using System.Reflection;

namespace DmpFederation.Demo;

/// <summary>The programs the demo starts, found beside its own build output (see the project file).</summary>
internal static class BuiltPrograms
{
    public static string RepositoryRoot => Resolve("RepositoryRoot");

    public static string Hub => Existing("Hub");

    public static string LegacySystems => Existing("LegacySystems");

    public static string PartnerPortal => Existing("PartnerPortal");

    private static string Existing(string name)
    {
        var path = Resolve(name);
        return File.Exists(path) ? path : throw new DemoFault($"{path} is missing: build the repository first (dotnet run does it, unless --no-build is given).");
    }

    private static string Resolve(string name)
    {
        var relative = typeof(BuiltPrograms).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == name).Value!;
        return Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(BuiltPrograms).Assembly.Location)!, relative));
    }
}
