using System.Xml.Linq;

namespace DmpFederation.LegacySystems.FrancheComte;

/// <summary>The store's protocol: health, index by XDS patientID, documents by uniqueId.</summary>
internal static class StoreRoutes
{
    internal const string InsC = "&1.2.250.1.213.1.4.2&ISO^INS-C";

    private const int MostPerPage = 1000;

    internal static void Map(IEndpointRouteBuilder routes, DocumentRegistry registry)
    {
        routes.MapGet("/health", () => registry.Exists
            ? Results.Text("<health xmlns=\"urn:franche-comte:index:2009\" status=\"up\"/>", "text/xml")
            : Results.StatusCode(StatusCodes.Status503ServiceUnavailable));
        routes.MapGet("/index", (string? patientId, CancellationToken cancellationToken) => IndexAsync(registry, patientId, cancellationToken));
        routes.MapGet("/changes", async (long after, int count, CancellationToken cancellationToken) => after >= 0 && count is > 0 and <= MostPerPage
            ? Xml(await registry.ChangesAsync(after, count, cancellationToken), StatusCodes.Status200OK)
            : Error(StatusCodes.Status400BadRequest, "XDSRegistryError"));
        routes.MapGet("/deleted/{id}", (string id, CancellationToken cancellationToken) =>
            FileAsync(registry.ContentOfAsync(Uri.UnescapeDataString(id), deleted: true, cancellationToken)));
        routes.MapGet("/documents/{id}", (string id, CancellationToken cancellationToken) =>
            FileAsync(registry.ContentOfAsync(Uri.UnescapeDataString(id), deleted: false, cancellationToken)));
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

    private static async Task<IResult> FileAsync(Task<byte[]?> content) => await content is { } bytes
        ? Results.Bytes(bytes, "text/xml")
        : Error(StatusCodes.Status404NotFound, "XDSDocumentUniqueIdError");

    private static IResult Error(int status, string code) => Xml(new XElement(IndexLine.Ns + "error", new XAttribute("code", code)), status);

    private static IResult Xml(XElement body, int status) =>
        Results.Text(body.ToString(SaveOptions.DisableFormatting), "text/xml", System.Text.Encoding.UTF8, status);
}
