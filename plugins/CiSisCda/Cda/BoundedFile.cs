namespace DmpFederation.Plugins.CiSisCda.Cda;

/// <summary>A file handed in for preview, read no further than one byte over the bound: enough to know that it is too large.</summary>
internal static class BoundedFile
{
    internal static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream content, int maxBytes, CancellationToken cancellationToken)
    {
        using var file = new MemoryStream();
        var block = new byte[64 * 1024];
        int read;
        while (file.Length <= maxBytes && (read = await content.ReadAsync(block, cancellationToken)) > 0)
            file.Write(block, 0, read);
        return file.ToArray();
    }
}
