using System.ComponentModel;
using DmpFederation.Hub.Api.GraphQl.Execution;
using DmpFederation.Hub.Deposits;
using GraphQL;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>GraphQL input <c>DepositInput</c>.</summary>
[Name("DepositInput")]
[Description("One fact or document to be kept for good.")]
internal sealed class DepositInput
{
    [Description("Its name, given by the depositor: `urn:oid:…` or `urn:uuid:…`. The same name with the same content again changes nothing.")]
    public string UniqueId { get; set; } = "";

    [Description("The FHIR R4 resource, as an object or as a text that holds it. A text keeps every digit as written.")]
    public FhirResource Fhir { get; set; }

    [Description(
        "From whom it is hidden from the first moment: MASQUE_PS, INVISIBLE_PATIENT, INVISIBLE_REPRESENTANTS_LEGAUX. The depositor chooses: an empty "
        + "list hides it from nobody. INVISIBLE_PATIENT and MASQUE_PS together are refused.")]
    public IReadOnlyList<string> Confidentiality { get; set; } = [];

    [Description("`uniqueId` of the deposit it corrects: that one is kept and no longer given. Made by the same person or structure.")]
    public string? Replaces { get; set; }

    [Description("Content of a document in base64; needs `contentType`.")]
    public string? Content { get; set; }

    [Description("Media type of the content.")]
    public string? ContentType { get; set; }

    [Id]
    [Description("Legacy dossiers it is also written to; left out: every one that takes deposits, may hold it and is not refused by the patient.")]
    public IReadOnlyList<string>? Sources { get; set; }

    /// <exception cref="CodedError">Something in it cannot be meant.</exception>
    public DepositDraft ToDraft() => new()
    {
        UniqueId = UniqueId,
        Resource = Fhir.Json,
        Confidentiality = Confidentiality,
        Replaces = Replaces,
        Content = ToContent(),
        Sources = Sources,
    };

    private DepositContent? ToContent()
    {
        if (Content is null && ContentType is null)
            return null;
        if (Content is null || ContentType is null)
            throw new CodedError(ProblemMap.BadRequest("'content' and 'contentType' go together.", "CONTENT"));
        var bytes = new byte[Content.Length / 4 * 3 + 3];
        return Convert.TryFromBase64String(Content, bytes, out var length)
            ? new DepositContent(ContentType, bytes.AsMemory(0, length))
            : throw new CodedError(ProblemMap.BadRequest("'content' must be base64.", "CONTENT"));
    }
}
