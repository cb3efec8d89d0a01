using System.Text.Json;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.FhirServer;

/// <summary>Opens what a DocumentReference points to: data in place, or a Binary of the same server.</summary>
internal sealed class DocumentOpener(FhirEndpoint endpoint, PatientFinder finder)
{
    private const string DocumentReference = "DocumentReference/";

    public async ValueTask<DocumentContent?> OpenAsync(PatientKey patient, string localId, CancellationToken cancellationToken)
    {
        if (!localId.StartsWith(DocumentReference, StringComparison.Ordinal) || !LogicalId.Is(localId.AsSpan(DocumentReference.Length)))
            return null;
        var reading = endpoint.GetAsync(localId, cancellationToken);
        var found = await finder.FindAsync([patient], cancellationToken);
        var answer = await reading;
        if (answer.IsAbsent || found.KeyOfRecord.Count == 0)
            return null;
        if ((answer.Fault ?? (answer.Cut ? SourceFaultCodes.BadAnswer : null)) is { } fault)
            throw new SourceFaultException(fault);
        return Attachment(answer.Body, patient, found) switch
        {
            { Data: { } data } attachment => Held(attachment.ContentType, data),
            { Url: { } url } attachment => await FetchAsync(url, attachment.ContentType, cancellationToken),
            _ => null,
        };
    }

    private async Task<DocumentContent?> FetchAsync(string url, string contentType, CancellationToken cancellationToken)
    {
        if (url.StartsWith("urn:", StringComparison.OrdinalIgnoreCase))
            return null;
        var address = endpoint.OwnAddress(url) ?? throw new SourceFaultException(SourceFaultCodes.ForeignLink);
        var (response, answer) = await endpoint.OpenAsync(address, contentType, cancellationToken);
        if (answer.IsAbsent)
            return null;
        if (response is null)
            throw new SourceFaultException(answer.Fault!);
        var sent = response.Content.Headers.ContentType?.MediaType ?? contentType;
        if (!sent.Contains("json", StringComparison.OrdinalIgnoreCase))
            return new DocumentContent(sent, await response.Content.ReadAsStreamAsync(cancellationToken))
            {
                Length = response.Content.Headers.ContentLength,
            };
        using (response)
        {
            var (bytes, length, cut) = await endpoint.ReadAsync(response.Content, cancellationToken);
            if (bytes is null || cut)
                throw new SourceFaultException(bytes is null ? SourceFaultCodes.TooLarge : SourceFaultCodes.BadAnswer);
            return Unwrapped(bytes.AsMemory(0, length), sent);
        }
    }

    /// <summary>A Binary asked for as JSON comes as a resource around its data (FHIR R4, Binary, §serving).</summary>
    private static DocumentContent Unwrapped(ReadOnlyMemory<byte> body, string sent)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.Text("resourceType") == "Binary"
                && document.RootElement.TryGetProperty("data", out var data) && data.TryGetBytesFromBase64(out var content))
                return Held(document.RootElement.Text("contentType") ?? "application/octet-stream", content);
        }
        catch (JsonException)
        {
            // Announced as JSON and is not: it is handed out as it came, the reader of the document judges it.
        }
        return Held(sent, body.ToArray());
    }

    private static DocumentContent Held(string contentType, byte[] content) =>
        new(contentType, new MemoryStream(content, writable: false)) { Length = content.Length };

    private (string ContentType, byte[]? Data, string? Url)? Attachment(ReadOnlyMemory<byte> body, PatientKey patient, FoundPatients found)
    {
        try
        {
            var head = ResourceHead.Read(body);
            if (head.Type != "DocumentReference" || head.Withdrawn || head.SubjectAmbiguous || !BelongsTo(head, patient, found))
                return null;
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 256 });
            foreach (var attachment in document.RootElement.Items("content").Select(content => content.Member("attachment")).OfType<JsonElement>())
            {
                var contentType = attachment.Text("contentType") ?? "application/octet-stream";
                if (attachment.TryGetProperty("data", out var data)
                    && data.ValueKind == JsonValueKind.String && data.TryGetBytesFromBase64(out var bytes))
                    return (contentType, bytes, null);
                if (attachment.Text("url") is { Length: > 0 } url)
                    return (contentType, null, url);
            }
            return null;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            throw new SourceFaultException(SourceFaultCodes.BadAnswer);
        }
    }

    private bool BelongsTo(ResourceHead head, PatientKey patient, FoundPatients found)
    {
        if (head.SubjectReference is not { Length: > 0 } reference)
            return head.SubjectIdentifier == patient;
        if (PatientReferences.LocalId(endpoint.BaseUrl, reference) is { } id)
            return found.KeyOfRecord.ContainsKey(id);
        return PatientReferences.Conditional(reference) == patient;
    }
}
