using System.Globalization;
using System.Xml.Linq;
using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CdaRepository.Repository;

/// <summary>Reads the answer of the index. Its format is described in the README of this plug-in.</summary>
internal static class IndexReader
{
    internal const int MaxBytes = 8 * 1024 * 1024;

    internal const string Namespace = "urn:franche-comte:index:2009";

    internal static readonly XNamespace Ns = Namespace;

    /// <summary>The documents of the patient; null when the index does not know the patient.</summary>
    /// <exception cref="SourceFaultException">The answer is not an index.</exception>
    internal static IReadOnlyList<IndexedDocument>? Read(ReadOnlyMemory<byte> answer)
    {
        if (!HardenedXml.TryRead(answer, MaxBytes, out var root, out _))
            throw new SourceFaultException(SourceFaultCodes.BadAnswer);
        if (root.Name == Ns + "error" && root.Attr("code") is "XDSUnknownPatientId")
            return null;
        if (root.Name != Ns + "documents")
            throw new SourceFaultException(root.Name == Ns + "error" ? SourceFaultCodes.ErrorStatus : SourceFaultCodes.BadAnswer);
        return [.. root.Elements(Ns + "document").Select(Line).OfType<IndexedDocument>()];
    }

    // A line without an id or an address names no document; it is a damaged line, not a damaged index.
    internal static IndexedDocument? Line(XElement line)
    {
        if (Text(line, "uniqueId") is not { } uniqueId || Text(line, "path") is not { } path)
            return null;
        var author = line.Element(Ns + "author");
        return new IndexedDocument
        {
            UniqueId = uniqueId,
            Path = path,
            EntryUuid = line.Attr("entryUUID"),
            LogicalId = Text(line, "logicalId"),
            Version = Text(line, "version"),
            Title = Text(line, "title"),
            Type = Coded(line, "typeCode"),
            Class = Coded(line, "classCode"),
            Format = Coded(line, "formatCode"),
            FacilityType = Coded(line, "healthcareFacilityTypeCode"),
            PracticeSetting = Coded(line, "practiceSettingCode"),
            Confidentiality = [.. line.Elements(Ns + "confidentialityCode").Select(Coding).OfType<Coding>()],
            Created = CdaTime.Parse(Text(line, "creationTime")),
            ServiceStart = CdaTime.Parse(Text(line, "serviceStartTime")),
            ServiceStop = CdaTime.Parse(Text(line, "serviceStopTime")),
            MimeType = Text(line, "mimeType"),
            Size = long.TryParse(Text(line, "size"), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : null,
            Sha1 = Text(line, "hash"),
            Availability = AvailabilityOf(Text(line, "availabilityStatus")),
            Author = author is null ? null
                : new EntryAuthor(
                    author.Attr("id"), author.Attr("name"), author.Attr("specialty"), author.Attr("institutionId"), author.Attr("institution")),
            Replaces = Text(line, "replaces"),
        };
    }

    // Statuses of the DMP: ebXML for approved and deprecated, CI-SIS for archived and deleted. An unknown one is not a reason to hide.
    private static Availability AvailabilityOf(string? status) => status?[(status.LastIndexOf(':') + 1)..] switch
    {
        "Deprecated" => Availability.Deprecated,
        "Archived" => Availability.Archived,
        "Deleted" => Availability.Deleted,
        _ => Availability.Approved,
    };

    private static string? Text(XElement line, string name) => line.Element(Ns + name).Line();

    private static Coding? Coding(XElement? element) =>
        element.Attr("code") is { } code ? new Coding(CodeSystems.UriOf(element.Attr("codeSystem")), code, element.Attr("displayName")) : null;

    private static Concept Coded(XElement line, string name) =>
        Coding(line.Element(Ns + name)) is { } coding ? new Concept([coding]) : Concept.Empty;
}
