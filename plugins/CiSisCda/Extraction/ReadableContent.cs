using DmpFederation.Plugins.CiSisCda.Cda;

namespace DmpFederation.Plugins.CiSisCda.Extraction;
/// <summary>What a person opens: the PDF (or other file) inside a level 1 document, the XML of a level 3 one, any other file as it is.</summary>
/// <param name="ContentType">Media type.</param>
/// <param name="Bytes">The content.</param>
internal sealed record ReadableContent(string ContentType, ReadOnlyMemory<byte> Bytes)
{
    internal const string CdaType = "text/xml";

    /// <summary>Of a CDA file. A level 1 body that is not valid base64 leaves the file itself.</summary>
    internal static ReadableContent Of(CdaDocument document, ReadOnlyMemory<byte> file)
    {
        if (document.NonXmlBody.Part("text") is not { } body)
            return new ReadableContent(CdaType, file);
        var type = body.Attr("mediaType") ?? "application/octet-stream";
        if (body.Attr("representation") != "B64")
            return new ReadableContent(type, System.Text.Encoding.UTF8.GetBytes(body.Value));
        var buffer = new byte[(body.Value.Length / 4 * 3) + 3];
        // Convert ignores the line breaks that writers put into base64.
        return Convert.TryFromBase64String(body.Value, buffer, out var length) && length > 0
            ? new ReadableContent(type, buffer.AsMemory(0, length))
            : new ReadableContent(CdaType, file);
    }
}
