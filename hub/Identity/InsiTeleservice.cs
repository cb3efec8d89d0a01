using System.Net.Http.Headers;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Identity;

/// <summary>
/// Client of the INSi téléservice in its FHIR form: <c>POST Patient/_search</c>, so that the INS is in the body and in no access log.
/// </summary>
internal sealed class InsiTeleservice(
    HttpClient http, IOptions<IdentityOptions> options, TimeProvider clock, ILogger<InsiTeleservice> logger) : ICertifiedIdentities
{
    public async Task<CertifiedIdentity> FindAsync(Ins ins, CancellationToken cancellationToken)
    {
        if (options.Value.InsiUrl is not { } root)
            return CertifiedIdentity.Unavailable;

        using var deadline = new CancellationTokenSource(options.Value.InsiTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(root.AbsoluteUri.TrimEnd('/') + "/Patient/_search"))
            {
                Content = new FormUrlEncodedContent([new("identifier", ins.ToWire())]),
            };
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/fhir+json"));
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token);
            if (!response.IsSuccessStatusCode)
            {
                logger.TeleserviceFailed($"HTTP {(int)response.StatusCode}");
                return CertifiedIdentity.Unavailable;
            }
            var answer = InsiAnswer.Read(await response.Content.ReadAsByteArrayAsync(either.Token), ins.Key);
            if (answer.Finding == IdentityFinding.Unavailable)
                logger.TeleserviceFailed("BAD_ANSWER");
            return answer;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            logger.TeleserviceFailed("TIMED_OUT");
            return CertifiedIdentity.Unavailable;
        }
        catch (HttpRequestException fault)
        {
            logger.TeleserviceFailed(fault.HttpRequestError.ToString());
            return CertifiedIdentity.Unavailable;
        }
        catch (IOException fault)
        {
            logger.TeleserviceFailed(fault.GetType().Name);
            return CertifiedIdentity.Unavailable;
        }
    }
}
