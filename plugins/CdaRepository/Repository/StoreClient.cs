using System.Net;
using DmpFederation.Plugins.CdaRepository.Cda;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CdaRepository.Repository;

/// <summary>The HTTP protocol of the store: <c>index</c>, <c>documents/…</c>, <c>health</c>. Never leaves the store's address.</summary>
internal sealed class StoreClient(HttpClient http, Uri address)
{
    private const int MaxIndexBytes = 8 * 1024 * 1024;

    internal async Task ProbeAsync(CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(new Uri(address, "health"), cancellationToken);
        Accept(answer);
    }

    /// <summary>The patient's documents; null when the patient is unknown.</summary>
    internal async Task<IReadOnlyList<IndexedDocument>?> FindAsync(PatientKey patient, CancellationToken cancellationToken)
    {
        var query = Uri.EscapeDataString(PatientIdOf(patient));
        using var answer = await SendAsync(new Uri(address, $"index?patientId={query}"), cancellationToken);
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return null;
        Accept(answer);
        return IndexReader.Read(await BodyAsync(answer, MaxIndexBytes, cancellationToken));
    }

    /// <summary>The bytes of a document.</summary>
    internal async Task<ReadOnlyMemory<byte>> FetchAsync(IndexedDocument document, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(address, document.Path, out var target) || !IsInside(target))
            throw new SourceFaultException(SourceFaultCodes.ForeignLink);
        using var answer = await SendAsync(target, cancellationToken);
        Accept(answer);
        return await BodyAsync(answer, CdaReader.MaxBytes, cancellationToken);
    }

    // XDS patientID, the form the DMP's clients use for an INS-C: value^^^&oid&ISO^INS-C.
    private static string PatientIdOf(PatientKey patient)
    {
        var oid = patient.System.StartsWith("urn:oid:", StringComparison.Ordinal) ? patient.System["urn:oid:".Length..] : patient.System;
        var type = patient.System switch
        {
            PatientKeySystems.InsC => "INS-C",
            PatientKeySystems.InsNir or PatientKeySystems.InsNirTest or PatientKeySystems.InsNirDemo => "INS-NIR",
            PatientKeySystems.InsNia => "INS-NIA",
            _ => "PI",
        };
        return $"{patient.Value}^^^&{oid}&ISO^{type}";
    }

    private bool IsInside(Uri target) => address.IsBaseOf(target) && target.UserInfo.Length == 0;

    private async Task<HttpResponseMessage> SendAsync(Uri target, CancellationToken cancellationToken)
    {
        try
        {
            return await http.GetAsync(target, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException)
        {
            throw new SourceFaultException(SourceFaultCodes.Unreachable);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SourceFaultException(SourceFaultCodes.Unreachable);
        }
    }

    private static void Accept(HttpResponseMessage answer)
    {
        if (answer.IsSuccessStatusCode)
            return;
        throw new SourceFaultException((int)answer.StatusCode switch
        {
            >= 300 and < 400 => SourceFaultCodes.ForeignLink,
            401 or 403 => SourceFaultCodes.Refused,
            _ => SourceFaultCodes.ErrorStatus,
        });
    }

    private static async Task<ReadOnlyMemory<byte>> BodyAsync(HttpResponseMessage answer, int limit, CancellationToken cancellationToken)
    {
        if (answer.Content.Headers.ContentLength > limit)
            throw new SourceFaultException(SourceFaultCodes.TooLarge);
        try
        {
            await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
            var buffer = new byte[(int)Math.Clamp(answer.Content.Headers.ContentLength ?? 0, 16 * 1024, limit)];
            var length = 0;
            while (true)
            {
                if (length == buffer.Length)
                {
                    // One byte more than announced, or the end.
                    var more = new byte[1];
                    if (await stream.ReadAsync(more, cancellationToken) == 0)
                        break;
                    if (length == limit)
                        throw new SourceFaultException(SourceFaultCodes.TooLarge);
                    Array.Resize(ref buffer, (int)Math.Min((long)buffer.Length * 2, limit));
                    buffer[length++] = more[0];
                    continue;
                }
                var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
                if (read == 0)
                    break;
                length += read;
            }
            return buffer.AsMemory(0, length);
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException)
        {
            throw new SourceFaultException(SourceFaultCodes.Unreachable);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SourceFaultException(SourceFaultCodes.Unreachable);
        }
    }
}
