using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using FluentAssertions;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace DmpFederation.Hub.HostTests.Api;

public sealed class GraphQlTransportTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Query = """{"query":"{ me { role } }"}""";

    [Fact]
    public async Task A_query_is_answered_in_the_media_type_asked_for()
    {
        foreach (var type in new[] { "application/json", "application/graphql-response+json" })
        {
            using var response = await host.PostAsync(Query, type);
            response.StatusCode.Should().Be(HttpStatusCode.OK);
            response.Content.Headers.ContentType.Should().Be(new MediaTypeHeaderValue(type, "utf-8"));
            (await Read(response)).GetProperty("data").GetProperty("me").GetProperty("role").GetString().Should().Be("PROFESSIONAL");
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer")]
    [InlineData("Bearer nonsense")]
    [InlineData("Basic YTpi")]
    public async Task Without_a_valid_token_the_answer_is_401_in_GraphQL_form(string? authorization)
    {
        using var anonymous = new HttpClient { BaseAddress = host.Address };
        var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent(Query, Encoding.UTF8, "application/json") };
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);

        using var response = await anonymous.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.Should().ContainSingle().Which.Scheme.Should().Be("Bearer");
        var answer = await Read(response);
        answer.TryGetProperty("data", out _).Should().BeFalse();
        Code(answer).Should().Be("UNAUTHENTICATED");
    }

    public static TheoryData<string, Action<SecurityTokenDescriptor>> BadTokens => new()
    {
        { "expired", static token => (token.NotBefore, token.Expires) = (DateTime.UnixEpoch, DateTime.UnixEpoch.AddHours(1)) },
        { "another audience", static token => token.Audience = "other" },
        { "another issuer", static token => token.Issuer = "https://elsewhere.test/" },
        { "an ID token", static token => token.TokenType = "JWT" },
        { "another key", static token => token.SigningCredentials = new SigningCredentials(
            new RsaSecurityKey(System.Security.Cryptography.RSA.Create(2048)) { KeyId = "test" }, SecurityAlgorithms.RsaSha256) },
        { "a shared secret", static token => token.SigningCredentials = new SigningCredentials(
            new SymmetricSecurityKey(new byte[32]) { KeyId = "test" }, SecurityAlgorithms.HmacSha256) },
        { "unsigned", static token => token.SigningCredentials = null },
        { "no role", static token => { token.Claims.Remove("role"); token.Claims.Remove("SubjectNameID"); } },
    };

    [Theory]
    [MemberData(nameof(BadTokens))]
    public async Task A_token_that_is_not_ours_is_refused(string why, Action<SecurityTokenDescriptor> change)
    {
        host.Client.DefaultRequestHeaders.Remove("Authorization");
        try
        {
            using var response = await host.PostAsync(Query, token: $"Bearer {host.Token(change)}");
            response.StatusCode.Should().Be(HttpStatusCode.Unauthorized, why);
        }
        finally
        {
            host.Client.DefaultRequestHeaders.Add("Authorization", $"Bearer {host.Token()}");
        }
    }

    [Theory]
    [InlineData("[{\"query\":\"{ me { role } }\"}]", "BATCH")]
    [InlineData("3", "JSON")]
    [InlineData("", "JSON")]
    [InlineData("{ \"query\": \"\\ud800\" }", "UNICODE")]
    [InlineData("{ \"query\": \"{ me { id } }\", \"variables\": { \"x\": \"\\ud800\" } }", "JSON")]
    [InlineData("{\"query\":\"{ me { role } }\",\"variables\":[]}", "VARIABLES")]
    public async Task A_body_that_is_no_request_is_400(string body, string rule)
    {
        using var response = await host.PostAsync(body, "application/json");

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await Read(response)).GetProperty("errors")[0].GetProperty("extensions").GetProperty("rule").GetString().Should().Be(rule);
    }

    [Fact]
    public async Task Invalid_UTF8_is_400()
    {
        var content = new ByteArrayContent([.. "{\"query\":\"{ me { role } } # "u8, 0xFF, .. "\"}"u8]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        using var response = await host.Client.PostAsync("/graphql", content);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_body_beyond_the_bound_is_413_and_another_type_415_and_another_method_405()
    {
        using var large = await host.PostAsync($$"""{"query":"{{new string('x', 2_000_000)}}"}""");
        large.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        using var form = await host.PostAsync("query=x", contentType: "application/x-www-form-urlencoded");
        form.StatusCode.Should().Be(HttpStatusCode.UnsupportedMediaType);
        using var put = await host.Client.PutAsync("/graphql", new StringContent("{}"));
        put.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
        put.Content.Headers.Allow.Should().BeEquivalentTo("GET", "POST");
        using var html = await host.PostAsync(Query, "text/html");
        html.StatusCode.Should().Be(HttpStatusCode.NotAcceptable);
    }

    [Fact]
    public async Task A_refused_document_is_200_in_JSON_and_400_in_the_newer_type()
    {
        const string Wrong = """{"query":"{ nothing }"}""";
        using var json = await host.PostAsync(Wrong, "application/json");
        json.StatusCode.Should().Be(HttpStatusCode.OK);
        using var newer = await host.PostAsync(Wrong, "application/graphql-response+json");
        newer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_full_query_leaves_no_trace_of_the_patient_in_the_log()
    {
        var query = Uri.EscapeDataString(
            $$"""{ dossier(ins: "{{ApiHost.Ins}}") { ins complete entries { nodes { id title fhir } } sources { status } } }""");
        using var got = await host.Client.GetAsync($"/graphql?query={query}");
        using var posted = await host.PostAsync(
            $$$"""{"query":"query($ins: INS!) { dossier(ins: $ins) { ins } }","variables":{"ins":"{{{ApiHost.Ins}}}"}}""");
        using var wrong = await host.PostAsync("""{"query":"{ dossier(ins: \"279035121518988\") { ins } }"}""");
        using var metrics = await host.Client.GetAsync("/metrics");

        (await Read(got)).GetProperty("data").GetProperty("dossier").GetProperty("ins").GetString().Should().EndWith(ApiHost.Ins);
        posted.StatusCode.Should().Be(HttpStatusCode.OK);
        host.Logged.Should().NotBeEmpty().And.NotContain(line => line.Contains("27903512", StringComparison.Ordinal));
        (await metrics.Content.ReadAsStringAsync()).Should().NotContain("27903512");
    }

    [Fact]
    public async Task A_large_answer_arrives_whole()
    {
        var resource = $$"""{"resourceType":"Observation","note":"{{new string('é', 20_000)}}"}""";
        var before = host.Dossiers.Answer;
        host.Dossiers.Answer = ins => DmpFederation.TestKit.Api.FakeDossiers.Dossier(
            ins, [.. Enumerable.Range(0, 200).Select(i => DmpFederation.TestKit.Api.AFact.Of($"f{i}", resource: resource))]);
        try
        {
            using var response = await host.PostAsync(
                $$"""{"query":"{ dossier(ins: \"{{ApiHost.Ins}}\") { entries(first: 200) { nodes { id fhir } } } }"}""");
            var nodes = (await Read(response)).GetProperty("data").GetProperty("dossier").GetProperty("entries").GetProperty("nodes");
            nodes.GetArrayLength().Should().Be(200);
            nodes[199].GetProperty("fhir").GetRawText().Should().Be(resource);
        }
        finally
        {
            host.Dossiers.Answer = before;
        }
    }

    [Theory]
    [InlineData("/health/live", "Healthy")]
    [InlineData("/health/ready", "Healthy")]
    [InlineData("/metrics", "process_")]
    [InlineData("/metrics", "system_runtime_dotnet_gc_heap_total_allocated")]
    [InlineData("/graphql/schema", "type Query {")]
    public async Task Operations_need_no_token(string path, string expected)
    {
        using var anonymous = new HttpClient { BaseAddress = host.Address };

        (await anonymous.GetStringAsync(path)).Should().Contain(expected);
    }

    private static async Task<JsonElement> Read(HttpResponseMessage response)
    {
        using var json = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        return json.RootElement.Clone();
    }

    private static string? Code(JsonElement answer) => answer.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString();
}
