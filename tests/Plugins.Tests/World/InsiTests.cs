using System.Net;
using System.Text.Json;
using DmpFederation.LegacySystems.Insi;
using FluentAssertions;
using Microsoft.AspNetCore.Builder;
using Xunit;

namespace DmpFederation.Plugins.Tests.World;

public sealed class InsiTests : IAsyncLifetime
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), "dmpfed-insi-" + Guid.NewGuid().ToString("N"));
    private readonly HttpClient http = new();
    private readonly List<SyntheticFrance.Model.SyntheticPatient> patients = [.. SyntheticFrance.World.Generate(2009, 30, WorldFixture.Today)];
    private WebApplication? app;

    public async Task InitializeAsync()
    {
        InsiSystem.Write(patients, folder);
        app = InsiSystem.Build(["--urls", "http://127.0.0.1:0"], folder);
        await app.StartAsync();
        http.BaseAddress = new Uri(app.Urls.First());
    }

    public async Task DisposeAsync()
    {
        http.Dispose();
        await app!.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_person_is_found_by_matricule_and_by_calculated_INS_with_certified_traits()
    {
        foreach (var patient in patients)
        {
            var byMatricule = await Post("urn:oid:1.2.250.1.213.1.4.10|" + patient.InsNir);
            var byCalculated = await Post("urn:oid:1.2.250.1.213.1.4.2|" + patient.InsC);
            byMatricule.GetRawText().Should().Be(byCalculated.GetRawText());
            byMatricule.GetProperty("total").GetInt32().Should().Be(1);
            var person = byMatricule.GetProperty("entry")[0].GetProperty("resource");
            var name = person.GetProperty("name")[0];
            name.GetProperty("use").GetString().Should().Be("official");
            name.GetProperty("family").GetString().Should().Be(patient.BirthName);
            name.GetProperty("given")[0].GetString().Should().Be(patient.GivenNames[0]);
            name.GetProperty("extension")[0].GetProperty("valueString").GetString().Should().Be(string.Join(' ', patient.GivenNames));
            person.GetProperty("birthDate").GetString().Should().Be(patient.BirthDate.ToString("yyyy-MM-dd"));
            person.GetProperty("gender").GetString().Should().Be(patient.Sex == "F" ? "female" : "male");
            person.GetRawText().Should().Contain($"\"code\":\"{patient.BirthPlaceCode}\"").And.Contain("\"code\":\"QUAL\"");
        }
    }

    [Fact]
    public async Task The_same_question_may_be_asked_by_GET()
    {
        var answer = await http.GetStringAsync("/insi/Patient?identifier=" + Uri.EscapeDataString("urn:oid:1.2.250.1.213.1.4.10|" + patients[3].InsNir));
        answer.Should().Contain(patients[3].InsC);
    }

    [Theory]
    [InlineData("urn:oid:1.2.250.1.213.1.4.10|279035121518989")]
    [InlineData("urn:oid:1.2.3|279035121518989")]
    public async Task A_person_unknown_to_the_teleservice_is_an_empty_set_and_no_error(string identifier)
    {
        var answer = await Post(identifier);
        answer.GetProperty("total").GetInt32().Should().Be(0);
        answer.TryGetProperty("entry", out _).Should().BeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("279035121518989")]
    [InlineData("urn:oid:1.2.250.1.213.1.4.10|")]
    public async Task A_question_without_system_and_value_is_refused_without_repeating_it(string identifier)
    {
        using var form = new FormUrlEncodedContent([new("identifier", identifier)]);
        using var response = await http.PostAsync("/insi/Patient/_search", form);
        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        var text = await response.Content.ReadAsStringAsync();
        text.Should().Contain("OperationOutcome").And.NotContain("279035121518989");
    }

    [Fact]
    public async Task Health_says_how_many_persons_are_known() =>
        (await http.GetStringAsync("/health")).Should().Be("{\"status\":\"UP\",\"persons\":30}");

    private async Task<JsonElement> Post(string identifier)
    {
        using var form = new FormUrlEncodedContent([new("identifier", identifier)]);
        using var response = await http.PostAsync("/insi/Patient/_search", form);
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.Should().Be("application/fhir+json");
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }
}
