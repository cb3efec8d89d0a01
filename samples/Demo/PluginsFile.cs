using System.Globalization;
using System.Text.RegularExpressions;

namespace DmpFederation.Demo;

/// <summary>
/// The hub of the demo reads the repository's own <c>plugins.json</c>, so that an edit of it is seen while the demo runs. On other ports than the
/// usual ones it reads a copy with the ports moved.
/// </summary>
internal static partial class PluginsFile
{
    private const string Name = "plugins.json";

    public static string For(DemoOptions options)
    {
        var original = Path.Combine(BuiltPrograms.RepositoryRoot, Name);
        if (options.Ports.Base == DemoPorts.Default)
            return original;
        var moved = Path.Combine(options.Data, Name);
        File.WriteAllText(moved, Move(File.ReadAllText(original), options.Ports.Base - DemoPorts.Default));
        return moved;
    }

    internal static string Move(string text, int by) => LoopbackPort().Replace(text, match =>
        match.Groups[1].Value + (int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) + by).ToString(CultureInfo.InvariantCulture));

    [GeneratedRegex("(http://127\\.0\\.0\\.1:)(5[01][0-9]{2})(?![0-9])")]
    private static partial Regex LoopbackPort();
}
