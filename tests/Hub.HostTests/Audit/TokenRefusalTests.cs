using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.HostTests.Api;
using DmpFederation.TestKit;
using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace DmpFederation.Hub.HostTests.Audit;

/// <summary>Each refused token is refused with its code on real Kestrel, and written down before the refusal leaves.</summary>
public sealed class TokenRefusalTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Query = """{ "query": "{ me { role } }" }""";

    public static TheoryData<string, string?, Action<SecurityTokenDescriptor>> BadTokens => new()
    {
        { "TOKEN_EXPIRED", null, static token => (token.NotBefore, token.Expires) = (DateTime.UnixEpoch, DateTime.UnixEpoch.AddHours(1)) },
        { "TOKEN_ISSUER", null, static token => token.Issuer = "https://elsewhere.test/" },
        { "TOKEN_AUDIENCE", null, static token => token.Audience = "other" },
        { "TOKEN_SIGNATURE", null, static token => token.SigningCredentials = null },
        { "TOKEN_SIGNATURE", null, static token => token.SigningCredentials = new SigningCredentials(
            new RsaSecurityKey(RSA.Create(2048)) { KeyId = "test" }, SecurityAlgorithms.RsaSha256) },
        { "TOKEN_TYPE", null, static token => token.TokenType = "JWT" },
        { "ROLE_MISSING", "doctor", static token => { token.Claims.Remove("role"); token.Claims.Remove("SubjectNameID"); } },
        { "SUBJECT_NAME_ID_MISSING", "doctor", static token => token.Claims.Remove("SubjectNameID") },
        { "SUBJECT_ROLE_MISSING", "899700218896", static token => { token.Claims.Remove("SubjectRole"); token.Claims.Remove("situation"); } },
        { "SITUATION_MISSING", "899700218896", static token =>
            {
                token.Claims["SubjectRole"] = new[] { "10^1.2.250.1.213.1.1.5.5", "21^1.2.250.1.213.1.1.5.5" };
                token.Claims.Remove("situation");
            }
        },
        { "INS_MISSING", "doctor", static token => { token.Claims["role"] = "patient"; token.Claims.Remove("SubjectNameID"); } },
    };

    private RecordingAuditTrail Trail => (RecordingAuditTrail)host.Services.GetRequiredService<IAuditTrail>();

    [Theory]
    [MemberData(nameof(BadTokens))]
    public async Task A_refused_token_has_its_code_and_its_line(string rule, string? bearer, Action<SecurityTokenDescriptor> change)
    {
        using var response = await SendAsync(host.Token(change));

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await ProblemAsync(response)).Should().Be(("UNAUTHENTICATED", rule));
        var line = LineOf(response);
        (line.Action, line.Outcome, line.Code, line.Rule, line.Actor.Role, line.Actor.Id)
            .Should().Be((AuditAction.TokenRefused, AuditOutcome.Refused, "UNAUTHENTICATED", rule, "UNKNOWN", bearer));
    }

    [Fact]
    public async Task A_situation_the_professional_does_not_hold_is_refused_with_its_line()
    {
        using var response = await SendAsync(host.Token(static token => token.Claims["situation"] = "G15_21/A"));

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await ProblemAsync(response)).Should().Be(("ACCESS_REFUSED", "SITUATION_NOT_HELD"));
        LineOf(response).Rule.Should().Be("SITUATION_NOT_HELD");
    }

    [Fact]
    public async Task A_refusal_that_cannot_be_written_down_is_no_refusal()
    {
        Trail.Fault = "DISK_FULL";
        try
        {
            using var response = await SendAsync(host.Token(static token => token.Audience = "other"));
            response.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
            (await ProblemAsync(response)).Should().Be(("AUDIT_UNAVAILABLE", "DISK_FULL"));
        }
        finally
        {
            Trail.Fault = null;
        }
    }

    private AuditRecord LineOf(HttpResponseMessage response)
    {
        var id = response.Headers.GetValues("X-Correlation-Id").Single();
        return Trail.Records.Should().ContainSingle(record => record.CorrelationId == id).Subject;
    }

    private async Task<HttpResponseMessage> SendAsync(string token)
    {
        using var client = new HttpClient { BaseAddress = host.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = new StringContent(Query, System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new("Bearer", token);
        return await client.SendAsync(request);
    }

    private static async Task<(string? Code, string? Rule)> ProblemAsync(HttpResponseMessage response)
    {
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var extensions = answer.RootElement.GetProperty("errors")[0].GetProperty("extensions");
        return (extensions.GetProperty("code").GetString(), extensions.TryGetProperty("rule", out var rule) ? rule.GetString() : null);
    }
}
