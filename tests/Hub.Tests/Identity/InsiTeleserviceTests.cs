using System.Net;
using System.Text;
using DmpFederation.Hub.Identity;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using FluentAssertions;
using Microsoft.Extensions.Options;
using Xunit;

namespace DmpFederation.Hub.Tests.Identity;

public sealed class InsiTeleserviceTests
{
    private static readonly TestPatient Patient = APatient.Known();
    private readonly TestClock clock = new();
    private readonly RecordingLogger<InsiTeleservice> logger = new();

    [Fact]
    public async Task One_patient_gives_certified_traits_and_links()
    {
        var answer = await AskAsync(new Answering(Bundle(PatientJson())));

        answer.Finding.Should().Be(IdentityFinding.Found);
        answer.Traits.Should().BeEquivalentTo(new
        {
            BirthName = "PAT-TROIS",
            UsedName = "ESSAI",
            GivenNames = new[] { "DOMINIQUE", "MARIE-LOUISE" },
            BirthDate = (FhirDate?)FhirDate.Parse("1979-03-28"),
            Sex = TraitSex.Female,
            BirthPlaceCode = "51215",
            Status = IdentityStatus.Qualified,
            Keys = new[] { Patient.Ins.Key, Patient.InsC.Key },
        });
    }

    [Fact]
    public async Task The_INS_travels_in_the_body_and_not_in_the_address()
    {
        var server = new Answering(Bundle());
        await AskAsync(server);

        server.Method.Should().Be(HttpMethod.Post);
        server.Address.Should().Be("http://insi.test/fhir/Patient/_search");
        server.Body.Should().Be($"identifier={Uri.EscapeDataString(Patient.Ins.ToWire())}");
    }

    [Fact]
    public async Task No_patient_is_unknown_and_two_are_several()
    {
        (await AskAsync(new Answering(Bundle()))).Finding.Should().Be(IdentityFinding.Unknown);
        (await AskAsync(new Answering(Bundle(PatientJson(), PatientJson())))).Finding.Should().Be(IdentityFinding.Several);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"resourceType":"Patient"}""")]
    [InlineData("""{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"OperationOutcome","issue":[{"severity":"error"}]}}]}""")]
    [InlineData("""{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","identifier":[{"system":"urn:oid:1","value":"2"}]}}]}""")]
    public async Task An_answer_that_is_none_or_of_another_person_is_unavailable(string body) =>
        (await AskAsync(new Answering(body))).Finding.Should().Be(IdentityFinding.Unavailable);

    [Fact]
    public async Task A_deactivated_number_and_a_billing_number_link_nothing()
    {
        var patient = PatientJson("""
            ,{"use":"old","system":"urn:oid:1.2.250.1.213.1.4.8","value":"277076322082910"}
            ,{"type":{"coding":[{"code":"NH"}]},"system":"urn:oid:1.2.250.1.213.1.4.8","value":"162126587913677"}
            """);

        (await AskAsync(new Answering(Bundle(patient)))).Traits!.Keys.Should().Equal(Patient.Ins.Key, Patient.InsC.Key);
    }

    [Fact]
    public async Task An_error_status_or_a_dead_service_is_unavailable_and_is_logged_without_the_number()
    {
        (await AskAsync(new Answering("", HttpStatusCode.InternalServerError))).Finding.Should().Be(IdentityFinding.Unavailable);
        (await AskAsync(new Answering(new HttpRequestException($"no route for {Patient.Ins.Value}")))).Finding
            .Should().Be(IdentityFinding.Unavailable);

        logger.Lines.Should().HaveCount(2).And.NotContain(line => line.Contains(Patient.Ins.Value));
    }

    [Fact]
    public async Task A_hung_service_is_given_up_after_a_second()
    {
        var asked = AskAsync(new Answering());
        clock.Advance(TimeSpan.FromMilliseconds(999));
        asked.IsCompleted.Should().BeFalse();
        clock.Advance(TimeSpan.FromMilliseconds(1));

        (await asked).Finding.Should().Be(IdentityFinding.Unavailable);
    }

    [Fact]
    public async Task A_caller_who_leaves_is_not_an_unavailable_service()
    {
        using var caller = new CancellationTokenSource();
        var asked = AskAsync(new Answering(), caller.Token);
        await caller.CancelAsync();

        await asked.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Without_an_address_no_identity_is_available()
    {
        using var http = new HttpClient(new Answering(Bundle(PatientJson())));
        var teleservice = new InsiTeleservice(http, Options.Create(new IdentityOptions()), clock, logger);

        (await teleservice.FindAsync(Patient.Ins, default)).Finding.Should().Be(IdentityFinding.Unavailable);
    }

    [Theory]
    [InlineData("ftp://insi.test/", PatientKeySystems.InsNirTest, false)]
    [InlineData("http://insi.test/", PatientKeySystems.InsC, false)]
    [InlineData("http://insi.test/", "urn:oid:1.2.3", false)]
    [InlineData("http://insi.test/", PatientKeySystems.InsNirTest, true)]
    public void Settings_that_cannot_be_meant_are_refused(string address, string system, bool usable) =>
        new IdentityOptions { InsiUrl = new Uri(address), DefaultSystem = system }.IsUsable().Should().Be(usable);

    private async Task<CertifiedIdentity> AskAsync(HttpMessageHandler server, CancellationToken cancellationToken = default)
    {
        using var http = new HttpClient(server) { Timeout = Timeout.InfiniteTimeSpan };
        var options = Options.Create(new IdentityOptions { InsiUrl = new Uri("http://insi.test/fhir/") });
        return await new InsiTeleservice(http, options, clock, logger).FindAsync(Patient.Ins, cancellationToken);
    }

    private static string Bundle(params string[] patients)
    {
        var entries = string.Join(',', patients.Select(static patient => "{\"resource\":" + patient + "}"));
        return "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[" + entries + "]}";
    }

    private static string PatientJson(string moreIdentifiers = "") => $$$$"""
        {"resourceType":"Patient",
         "extension":[
          {"url":"http://hl7.org/fhir/StructureDefinition/patient-birthPlace","valueAddress":{"extension":[
            {"url":"https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-address-insee-code","valueCoding":{"code":"51215"}}]}},
          {"url":"https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-identity-reliability","extension":[
            {"url":"identityStatus","valueCoding":{"system":"https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-identity-status","code":"QUAL"}}]}],
         "identifier":[
          {"use":"official","system":"{{{{Patient.Ins.System}}}}","value":"{{{{Patient.Ins.Value}}}}"},
          {"use":"secondary","system":"{{{{Patient.InsC.System}}}}","value":"{{{{Patient.InsC.Value}}}}"}{{{{moreIdentifiers}}}}],
         "name":[
          {"use":"official","family":"PAT-TROIS","given":["DOMINIQUE"],"extension":[
            {"url":"https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-patient-birth-list-given-name","valueString":"DOMINIQUE MARIE-LOUISE"}]},
          {"use":"usual","family":"ESSAI"}],
         "gender":"female","birthDate":"1979-03-28"}
        """;

    /// <summary>A server that answers one body, breaks, or never answers.</summary>
    private sealed class Answering : HttpMessageHandler
    {
        private readonly string? body;
        private readonly HttpStatusCode status;
        private readonly Exception? fault;

        public Answering()
        {
        }

        public Answering(string body, HttpStatusCode status = HttpStatusCode.OK) => (this.body, this.status) = (body, status);

        public Answering(Exception fault) => this.fault = fault;

        public HttpMethod? Method { get; private set; }

        public string? Address { get; private set; }

        public string? Body { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (fault is not null)
                throw fault;
            if (body is null)
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            (Method, Address) = (request.Method, request.RequestUri!.AbsoluteUri);
            Body = await request.Content!.ReadAsStringAsync(cancellationToken);
            return new HttpResponseMessage(status) { Content = new StringContent(body!, Encoding.UTF8, "application/fhir+json") };
        }
    }
}
