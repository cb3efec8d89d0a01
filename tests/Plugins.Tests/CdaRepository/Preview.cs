using System.Text;
using System.Text.Json;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CdaRepository.Tests;

internal static class Preview
{
    internal static async Task<List<ReadItem>> OfAsync(string name, Stream content)
    {
        var items = new List<ReadItem>();
        await foreach (var item in new CdaRepositoryPlugin().PreviewAsync(name, content, CancellationToken.None))
            items.Add(item);
        return items;
    }

    internal static Task<List<ReadItem>> OfAsync(byte[] content) => OfAsync("document.xml", new MemoryStream(content));

    internal static Task<List<ReadItem>> OfAsync(string xml) => OfAsync(Encoding.UTF8.GetBytes(xml));

    internal static async Task<List<DossierEntry>> EntriesOfAsync(string xml) => [.. (await OfAsync(xml)).Cast<DossierEntry>()];

    internal static JsonElement Json(this DossierEntry entry)
    {
        using var document = JsonDocument.Parse(entry.Resource);
        return document.RootElement.Clone();
    }
}
