using System.Text.Json;
using System.Text.Json.Serialization;

namespace DmpFederation.Sdk.Conformance.Fixtures;

/// <summary><c>conformance.json</c> cannot be used. The message says where and what to fix.</summary>
/// <param name="problems">Each with its place.</param>
internal sealed class FixtureException(IReadOnlyList<string> problems) : Exception(string.Join("; ", problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}

/// <summary>Reads and checks the fixture of a plug-in.</summary>
internal static class FixtureReader
{
    public const string FileName = "conformance.json";

    private const long MostBytes = 8 * 1024 * 1024;

    /// <param name="folder">The folder that holds <c>conformance.json</c>.</param>
    /// <exception cref="FixtureException">It is missing or unusable.</exception>
    public static Fixture Read(string folder)
    {
        var fixture = Parse(Load(Path.Combine(folder, FileName)));
        var problems = new FixtureCheck(fixture, folder).Problems();
        return problems.Count == 0 ? fixture : throw new FixtureException(problems);
    }

    internal static Fixture Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonSerializer.Deserialize(utf8, FixtureJson.Default.Fixture) ?? throw new FixtureException([$"{FileName} is null"]);
        }
        catch (JsonException fault)
        {
            throw new FixtureException([$"{FileName}, {fault.Path ?? "$"}: {Shorten(fault.Message)}"]);
        }
    }

    private static ReadOnlySpan<byte> Load(string file)
    {
        try
        {
            if (new FileInfo(file) is { Exists: true, Length: > MostBytes })
                throw new FixtureException([$"{FileName} is larger than {MostBytes} bytes"]);
            var bytes = File.ReadAllBytes(file);
            return bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsSpan(3) : bytes;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new FixtureException([$"{FileName} is not there or cannot be read"]);
        }
    }

    /// <summary>The serializer's sentence without the names of types, which say nothing to who wrote the file.</summary>
    private static string Shorten(string message)
    {
        if (message.IndexOf("could not be mapped to any .NET member", StringComparison.Ordinal) >= 0)
            return $"unknown key {Quoted(message)}";
        if (message.IndexOf("missing required properties", StringComparison.Ordinal) is >= 0 and var at)
            return $"missing {message[(message.IndexOf(':', at) + 1)..].Trim().TrimEnd('.')}";
        if (message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal))
            return "has a value of the wrong kind; see conformance.schema.json";
        var end = message.IndexOf(" Path:", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }

    private static string Quoted(string message)
    {
        var from = message.IndexOf('\'', StringComparison.Ordinal);
        var to = message.IndexOf('\'', from + 1);
        return from >= 0 && to > from ? message[from..(to + 1)] : "";
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    Converters = [typeof(JsonStringEnumConverter<LegacyKind>), typeof(JsonStringEnumConverter<TraitSex>)])]
[JsonSerializable(typeof(Fixture))]
internal sealed partial class FixtureJson : JsonSerializerContext;
