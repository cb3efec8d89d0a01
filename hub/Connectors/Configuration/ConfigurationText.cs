using System.Text.Json;

namespace DmpFederation.Hub.Connectors.Configuration;

/// <summary>The JSON dialect of <c>plugins.json</c> and <c>plugin.json</c>: comments and trailing commas allowed, at most 1 MiB.</summary>
internal static class ConfigurationText
{
    public const int MaxBytes = 1 << 20;

    private static readonly JsonDocumentOptions Options = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        MaxDepth = 32,
    };

    /// <summary>The document, or the fault that makes the whole file unusable. Exactly one is not null.</summary>
    public static (JsonDocument? Document, ConfigurationFault? Fault) Parse(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > MaxBytes)
            return (null, new ConfigurationFault("(file)", $"is larger than {MaxBytes} bytes"));
        if (utf8.Span.StartsWith("\uFEFF"u8))
            utf8 = utf8[3..];
        try
        {
            return (JsonDocument.Parse(utf8, Options), null);
        }
        catch (JsonException fault)
        {
            // The exception's own message quotes the file, which may hold what should have been a secret.
            var line = (fault.LineNumber ?? 0) + 1;
            return (null, new ConfigurationFault("(file)", $"is not JSON at line {line}, byte {(fault.BytePositionInLine ?? 0) + 1}"));
        }
    }

    /// <summary>The bytes of a file, or why there are none.</summary>
    public static (byte[]? Bytes, ConfigurationFault? Fault) Load(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
                return (null, new ConfigurationFault("(file)", "is missing"));
            return file.Length > MaxBytes
                ? (null, new ConfigurationFault("(file)", $"is larger than {MaxBytes} bytes"))
                : (File.ReadAllBytes(path), null);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return (null, new ConfigurationFault("(file)", $"cannot be read ({fault.GetType().Name})"));
        }
    }
}
