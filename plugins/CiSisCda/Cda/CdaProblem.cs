namespace DmpFederation.Plugins.CiSisCda.Cda;

/// <summary>Why bytes are not a CDA document we read. Nothing here repeats content.</summary>
internal sealed record CdaProblem(string Code, string Reason, string? Position = null)
{
    internal static readonly CdaProblem Empty = new("CDA_EMPTY", "The file is empty.");

    internal static readonly CdaProblem Dtd = new("CDA_DTD", "The file has a document type declaration, which is refused: remove it.");

    internal static readonly CdaProblem Encoding = new("CDA_ENCODING", "The XML declaration names an encoding that is not known here.");

    internal static readonly CdaProblem NotCda = new("CDA_NOT_CDA", "The XML holds no ClinicalDocument of HL7 v3.");

    internal static CdaProblem TooLarge(int maxBytes) => new("CDA_TOO_LARGE", $"The file is larger than {maxBytes / (1024 * 1024)} MiB.");

    internal static CdaProblem TooDeep(int line) => new("CDA_TOO_DEEP", $"Elements are nested deeper than {HardenedXml.MaxDepth}.", $"line {line}");

    internal static CdaProblem NotXml(int line, int column) =>
        new("CDA_NOT_XML", "The file is not well-formed XML.", line > 0 ? $"line {line}, column {column}" : null);
}
