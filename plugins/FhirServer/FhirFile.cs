using System.Runtime.CompilerServices;
using System.Text.Json;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.FhirServer;

/// <summary>Reads one FHIR R4 JSON file: a Bundle of any kind, a single resource, or NDJSON.</summary>
internal static class FhirFile
{
    private const int LargestFile = 512 << 20;

    public static async IAsyncEnumerable<ReadItem> ReadAsync(
        string fileName, Stream content, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var bytes = await BytesAsync(content, cancellationToken);
        if (bytes is null)
        {
            yield return Unread("TOO_LARGE", "The file is larger than 512 MB.", default);
            yield break;
        }
        var text = JsonText.Trimmed(bytes.Value);
        foreach (var item in IsLines(fileName, text) ? FromLines(text) : FromText(text))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return item;
        }
    }

    private static IEnumerable<ReadItem> FromText(ReadOnlyMemory<byte> text)
    {
        if (text.Span.StartsWith("<"u8))
            return [Unread("FHIR_XML", "The file is XML; FHIR is read in JSON.", text)];
        if (!IsJson(text.Span))
        {
            var cut = BundlePage.Read(text);
            return cut.Shape == BundleShape.Cut
                ? FileDossiers.Read(cut.Entries).Append(
                    Unread("BUNDLE_CUT", "The file ends or breaks in the middle of the Bundle; what came before was read.", text))
                : [Unread("NOT_JSON", "The file is not JSON.", text)];
        }
        var page = BundlePage.Read(text);
        return page.Shape == BundleShape.Whole
            ? FileDossiers.Read(page.Entries)
            : FileDossiers.Read([new BundleEntry(null, text, null, null, null, null)]);
    }

    /// <summary>One resource a line (FHIR bulk data). A bad line does not spoil the others.</summary>
    private static IEnumerable<ReadItem> FromLines(ReadOnlyMemory<byte> text)
    {
        var resources = new List<BundleEntry>();
        var others = new List<ReadItem>();
        for (var line = 1; !text.IsEmpty; line++)
        {
            var end = text.Span.IndexOf((byte)'\n');
            var one = JsonText.Trimmed(end < 0 ? text : text[..end]);
            text = end < 0 ? default : text[(end + 1)..];
            if (one.IsEmpty)
                continue;
            if (!IsJson(one.Span))
                others.Add(Unread("NOT_JSON", "The line is not JSON.", one, $"line {line}"));
            else if (BundlePage.Read(one) is { Shape: BundleShape.Whole } page)
                others.AddRange(FileDossiers.Read(page.Entries));
            else
                resources.Add(new BundleEntry(null, one, null, null, null, null));
        }
        return resources.Count == 0 && others.Count > 0 ? others : FileDossiers.Read(resources).Concat(others);
    }

    private static bool IsLines(string fileName, ReadOnlyMemory<byte> text)
    {
        if (fileName.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase) || fileName.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase))
            return true;
        try
        {
            var reader = new Utf8JsonReader(text.Span, new JsonReaderOptions { MaxDepth = 256, AllowMultipleValues = true });
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject && reader.TrySkip() && reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsJson(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = 256 });
            while (reader.Read())
            {
                // Only whether the text holds together is asked.
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static async Task<ReadOnlyMemory<byte>?> BytesAsync(Stream content, CancellationToken cancellationToken)
    {
        using var all = new MemoryStream();
        var buffer = new byte[81920];
        int read;
        while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (all.Length + read > LargestFile)
                return null;
            all.Write(buffer, 0, read);
        }
        return all.ToArray();
    }

    private static Unreadable Unread(string code, string reason, ReadOnlyMemory<byte> raw, string? position = null) =>
        new() { Code = code, Reason = reason, Raw = raw, Position = position };
}
