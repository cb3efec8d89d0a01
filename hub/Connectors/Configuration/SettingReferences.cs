using System.Text.RegularExpressions;

namespace DmpFederation.Hub.Connectors.Configuration;

/// <summary>
/// Follows <c>env:NAME</c> and <c>file:relative/path</c> in setting values. Secrets reach the hub only this way, so that <c>plugins.json</c> can be
/// kept in a repository.
/// </summary>
/// <param name="folder">Folder of <c>plugins.json</c>: files are relative to it and below it.</param>
/// <param name="environment">Reads an environment variable.</param>
internal sealed partial class SettingReferences(string folder, Func<string, string?> environment)
{
    private const string EnvironmentPrefix = "env:";
    private const string FilePrefix = "file:";
    private const int MostBytes = 64 << 10;

    public string Folder { get; } = folder;

    public static bool IsReference(string written) =>
        written.StartsWith(EnvironmentPrefix, StringComparison.Ordinal) || written.StartsWith(FilePrefix, StringComparison.Ordinal);

    /// <summary>The value, or why there is none. Exactly one is not null.</summary>
    public (string? Value, string? Problem) Resolve(string written)
    {
        if (written.StartsWith(EnvironmentPrefix, StringComparison.Ordinal))
            return FromEnvironment(written[EnvironmentPrefix.Length..]);
        return written.StartsWith(FilePrefix, StringComparison.Ordinal) ? FromFile(written[FilePrefix.Length..]) : (written, null);
    }

    private (string? Value, string? Problem) FromEnvironment(string name)
    {
        if (!VariableShape().IsMatch(name))
            return (null, "refers to an environment variable by a name that is none");
        return environment(name) is { Length: > 0 } value
            ? (value, null)
            : (null, $"refers to the environment variable {name}, which is not set");
    }

    private (string? Value, string? Problem) FromFile(string written)
    {
        var (path, problem) = ContainedPath.Resolve(Folder, written);
        if (path is null)
            return (null, $"refers to a file whose path {problem}");
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MostBytes })
                return (null, $"refers to a file of more than {MostBytes} bytes");
            var value = File.ReadAllText(path).TrimEnd('\r', '\n');
            return value.Length > 0 ? (value, null) : (null, "refers to an empty file");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return (null, $"refers to a file that cannot be read ({fault.GetType().Name})");
        }
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]{0,127}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex VariableShape();
}
