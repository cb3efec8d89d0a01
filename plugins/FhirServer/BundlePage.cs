using System.Text.Json;

namespace DmpFederation.Plugins.FhirServer;

/// <summary>One entry of a Bundle: where its resource lies in the page, and what the Bundle says about it.</summary>
/// <param name="FullUrl">Null when not stated.</param>
/// <param name="Resource">Slice of the page; empty when the entry has none, or has something that is not an object.</param>
/// <param name="SearchMode"><c>match</c>, <c>include</c>, <c>outcome</c>; null when not stated.</param>
/// <param name="Method">HTTP verb of a transaction or history entry.</param>
/// <param name="RequestUrl">Target of a transaction or history entry.</param>
/// <param name="LastModified">When a history entry happened, as the server prints it.</param>
internal readonly record struct BundleEntry(
    string? FullUrl, ReadOnlyMemory<byte> Resource, string? SearchMode, string? Method, string? RequestUrl, string? LastModified);

/// <summary>How much of a Bundle could be read.</summary>
internal enum BundleShape
{
    /// <summary>All of it.</summary>
    Whole,

    /// <summary>The text ends or breaks in the middle; the entries before are good.</summary>
    Cut,

    /// <summary>Something else.</summary>
    NotABundle,
}

/// <summary>A Bundle cut into its resources by one forward pass, without an object model. The slices share the page's array.</summary>
internal sealed class BundlePage
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 256 };
    private readonly List<BundleEntry> entries = [];

    private BundlePage()
    {
    }

    public BundleShape Shape { get; private set; } = BundleShape.NotABundle;

    /// <summary>The Bundle's type, such as <c>searchset</c>.</summary>
    public string? Type { get; private set; }

    /// <summary>The link to the next page; null on the last.</summary>
    public string? Next { get; private set; }

    public IReadOnlyList<BundleEntry> Entries => entries;

    public static BundlePage Read(ReadOnlyMemory<byte> utf8)
    {
        var page = new BundlePage();
        var isBundle = false;
        try
        {
            var reader = new Utf8JsonReader(utf8.Span, Options);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return page;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("resourceType"u8))
                    isBundle = JsonText.Next(ref reader) == "Bundle";
                else if (reader.ValueTextEquals("type"u8))
                    page.Type = JsonText.Next(ref reader);
                else if (reader.ValueTextEquals("link"u8))
                    page.ReadLinks(ref reader);
                else if (reader.ValueTextEquals("entry"u8))
                    page.ReadEntries(ref reader, utf8);
                else
                    reader.Skip();
            }
            page.Shape = isBundle ? BundleShape.Whole : BundleShape.NotABundle;
            if (reader.Read())
                page.Shape = BundleShape.NotABundle;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string with bytes that are not UTF-8. What came before is still good when it is known to be a Bundle.
            page.Shape = isBundle ? BundleShape.Cut : BundleShape.NotABundle;
        }
        return page;
    }

    private void ReadLinks(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }
            string? relation = null, url = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("relation"u8))
                    relation = JsonText.Next(ref reader);
                else if (reader.ValueTextEquals("url"u8))
                    url = JsonText.Next(ref reader);
                else
                    reader.Skip();
            }
            if (relation == "next" && url is { Length: > 0 })
                Next = url;
        }
    }

    private void ReadEntries(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                entries.Add(default);
                continue;
            }
            entries.Add(ReadEntry(ref reader, utf8));
        }
    }

    private static BundleEntry ReadEntry(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8)
    {
        var entry = default(BundleEntry);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("fullUrl"u8))
                entry = entry with { FullUrl = JsonText.Next(ref reader) };
            else if (reader.ValueTextEquals("resource"u8))
                entry = entry with { Resource = JsonText.NextObject(ref reader, utf8) };
            else if (reader.ValueTextEquals("search"u8))
                entry = entry with { SearchMode = JsonText.NextMember(ref reader, "mode"u8) };
            else if (reader.ValueTextEquals("response"u8))
                entry = entry with { LastModified = JsonText.NextMember(ref reader, "lastModified"u8) };
            else if (reader.ValueTextEquals("request"u8))
            {
                var (method, url) = JsonText.NextMembers(ref reader, "method"u8, "url"u8);
                entry = entry with { Method = method, RequestUrl = url };
            }
            else
                reader.Skip();
        }
        return entry;
    }
}
