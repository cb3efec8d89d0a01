using System.Xml.Linq;

namespace DmpFederation.LegacySystems.FrancheComte;

/// <summary>The store's protocol: health, index by XDS patientID, documents by uniqueId.</summary>
internal static class StoreRoutes
{
    private const string InsC = "&1.2.250.1.213.1.4.2&ISO^INS-C";

    internal static void Map(IEndpointRouteBuilder routes, DocumentRegistry registry)
    {
        routes.MapGet("/health", () => registry.Exists
            ? Results.Text("<health xmlns=\"urn:franche-comte:index:2009\" status=\"up\"/>", "text/xml")
            : Results.StatusCode(StatusCodes.Status503ServiceUnavailable));
        routes.MapGet("/index", (string? patientId, CancellationToken cancellationToken) => IndexAsync(registry, patientId, cancellationToken));
        routes.MapGet("/documents/{id}", (string id, CancellationToken cancellationToken) => DocumentAsync(registry, id, cancellationToken));
    }

    private static async Task<IResult> IndexAsync(DocumentRegistry registry, string? patientId, CancellationToken cancellationToken)
    {
        // value^^^&oid&ISO^type
        var parts = patientId?.Split("^^^", 2);
        if (parts is not [{ Length: 22 } value, InsC] || !value.All(char.IsAsciiDigit))
            return Error(StatusCodes.Status400BadRequest, "XDSRegistryError");
        return await registry.FindAsync(value, cancellationToken) is { } lines
            ? Xml(new XElement(IndexLine.Ns + "documents", lines), StatusCodes.Status200OK)
            : Error(StatusCodes.Status404NotFound, "XDSUnknownPatientId");
    }

    private static async Task<IResult> DocumentAsync(DocumentRegistry registry, string id, CancellationToken cancellationToken) =>
        await registry.ContentOfAsync(Uri.UnescapeDataString(id), cancellationToken) is { } content
            ? Results.Bytes(content, "text/xml")
            : Error(StatusCodes.Status404NotFound, "XDSDocumentUniqueIdError");

    private static IResult Error(int status, string code) => Xml(new XElement(IndexLine.Ns + "error", new XAttribute("code", code)), status);

    private static IResult Xml(XElement body, int status) =>
        Results.Text(body.ToString(SaveOptions.DisableFormatting), "text/xml", System.Text.Encoding.UTF8, status);
}
