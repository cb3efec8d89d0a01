using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.Tests.FhirServer;

/// <summary>What the Picardie server takes, and how it refuses: by status and OperationOutcome, as FHIR R4 says.</summary>
public sealed class PicardieCreateTests : IAsyncLifetime
{
    private const string Observation =
        """{"resourceType":"Observation","status":"final","code":{"text":"Poids"},"subject":{"reference":"Patient/1"},"identifier":[{"system":"urn:x","value":"1"}]}""";

    private readonly HttpClient http = new();
    private RunningPicardie picardie = null!;

    public async Task InitializeAsync()
    {
        picardie = await RunningPicardie.StartAsync([]);
        using var body = Json(Bundles.Patient("1", Bundles.Key.System, Bundles.Key.Value));
        (await http.PutAsync(picardie.BaseUrl + "Patient/1", body)).EnsureSuccessStatusCode();
    }

    public async Task DisposeAsync()
    {
        http.Dispose();
        await picardie.DisposeAsync();
    }

    [Fact]
    public async Task A_resource_is_created_once_under_a_condition_and_found_by_it()
    {
        using var created = await PostAsync(Observation, condition: "identifier=urn:x|1");
        using var again = await PostAsync(Observation, condition: "identifier=urn%3Ax%7C1");
        using var other = await PostAsync(Observation.Replace("\"1\"", "\"2\"", StringComparison.Ordinal), condition: "identifier=urn:x|2");

        (created.StatusCode, again.StatusCode, other.StatusCode).Should().Be((HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.Created));
        again.Headers.Location.Should().Be(created.Headers.Location);
        other.Headers.Location.Should().NotBe(created.Headers.Location);
        created.Headers.ETag!.Tag.Should().Be("\"1\"");
        (await http.GetAsync(created.Headers.Location)).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_condition_that_two_resources_meet_creates_nothing()
    {
        using var one = await PostAsync(Observation);
        using var two = await PostAsync(Observation);

        using var third = await PostAsync(Observation, condition: "identifier=urn:x|1");

        (third.StatusCode, await IssueAsync(third)).Should().Be((HttpStatusCode.PreconditionFailed, "multiple-matches"));
    }

    [Fact]
    public async Task A_resource_that_was_deleted_meets_no_condition()
    {
        using var created = await PostAsync(Observation, condition: "identifier=urn:x|1");
        (await http.DeleteAsync(created.Headers.Location!.AbsoluteUri.Split("/_history")[0])).EnsureSuccessStatusCode();

        using var again = await PostAsync(Observation, condition: "identifier=urn:x|1");

        again.StatusCode.Should().Be(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("")]
    [InlineData("_count=1")]
    [InlineData("identifer=urn:x|1")]
    public async Task A_condition_that_asks_nothing_or_cannot_be_asked_is_refused(string condition)
    {
        using var answer = await PostAsync(Observation, condition: condition);

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await http.GetStringAsync(picardie.BaseUrl + "Observation")).Should().NotContain("Poids");
    }

    [Theory]
    [InlineData("not json", 400, "structure")]
    [InlineData("""{"resourceType":"Observation","status":"final","status":"amended"}""", 400, "structure")]
    [InlineData("[]", 400, "invalid")]
    [InlineData("""{"resourceType":7}""", 400, "invalid")]
    [InlineData("""{"resourceType":"Condition","subject":{"reference":"Patient/1"}}""", 400, "invalid")]
    [InlineData("""{"resourceType":"Observation","status":"final","subject":{"reference":"Patient/1"}}""", 422, "required")]
    [InlineData("""{"resourceType":"Observation","status":"final","code":{"text":"Poids"}}""", 422, "required")]
    [InlineData("""{"resourceType":"Observation","status":"final","code":{"text":"Poids"},"subject":{"reference":"Patient/2"}}""", 422, "business-rule")]
    [InlineData("""{"resourceType":"Observation","status":"final","code":{"text":"Poids"},"subject":{"reference":"Group/1"}}""", 422, "business-rule")]
    [InlineData("""{"resourceType":"Observation","status":"final","code":{"text":"Poids"},"subject":"Patient/1"}""", 422, "business-rule")]
    public async Task What_is_no_fact_of_a_patient_here_is_refused_with_its_issue(string body, int status, string issue)
    {
        using var answer = await PostAsync(body);

        ((int)answer.StatusCode, await IssueAsync(answer)).Should().Be((status, issue));
    }

    [Fact]
    public async Task A_type_the_region_does_not_hold_is_refused()
    {
        using var answer = await PostAsync("""{"resourceType":"ClaimResponse","patient":{"reference":"Patient/1"}}""", "ClaimResponse");

        ((int)answer.StatusCode, await IssueAsync(answer)).Should().Be((404, "not-supported"));
    }

    [Fact]
    public async Task What_is_too_large_or_of_another_media_type_is_refused()
    {
        using var large = await PostAsync(Observation.Replace("Poids", new string('x', 9 << 20), StringComparison.Ordinal));
        using var xml = new StringContent("<Observation/>", Encoding.UTF8, "application/fhir+xml");
        using var other = await http.PostAsync(picardie.BaseUrl + "Observation", xml);

        ((int)large.StatusCode, await IssueAsync(large)).Should().Be((413, "too-long"));
        ((int)other.StatusCode, await IssueAsync(other)).Should().Be((415, "not-supported"));
    }

    [Fact]
    public async Task An_empty_server_says_what_it_takes()
    {
        using var statement = JsonDocument.Parse(await http.GetStringAsync(picardie.BaseUrl + "metadata"));

        var types = statement.RootElement.GetProperty("rest")[0].GetProperty("resource").EnumerateArray()
            .Where(resource => resource.TryGetProperty("conditionalCreate", out var can) && can.GetBoolean())
            .Select(resource => resource.GetProperty("type").GetString());
        types.Should().Contain(["Observation", "Condition", "DocumentReference", "MedicationDispense"]).And.NotContain("Patient");
    }

    private static StringContent Json(string text) => new(text, new MediaTypeHeaderValue("application/fhir+json"));

    private static async Task<string?> IssueAsync(HttpResponseMessage answer)
    {
        using var outcome = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return outcome.RootElement.GetProperty("issue")[0].GetProperty("code").GetString();
    }

    private async Task<HttpResponseMessage> PostAsync(string body, string type = "Observation", string? condition = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, picardie.BaseUrl + type) { Content = Json(body) };
        if (condition is not null)
            request.Headers.TryAddWithoutValidation("If-None-Exist", condition);
        return await http.SendAsync(request);
    }
}
