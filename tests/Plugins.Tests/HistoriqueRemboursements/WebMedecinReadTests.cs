using System.Net;
using System.Text;
using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.Tests.HistoriqueRemboursements;

public sealed class WebMedecinReadTests
{
    [Fact]
    public async Task A_patient_without_reimbursements_is_known_and_somebody_else_is_not()
    {
        await using var service = await RunningWebMedecin.WithPatientAsync();
        var known = await service.ReadAsync(RunningWebMedecin.Patient);
        known.Should().NotBeEmpty().And.AllBeOfType<PatientFound>("the documents say whom they are about, and nothing else");
        known.Cast<PatientFound>().Should().OnlyContain(found => found.Traits.BirthName == "PAT-TROIS" && found.Patient == RunningWebMedecin.Patient);
        var stranger = new PatientKey(PatientKeySystems.InsNirTest, "150081505104018");
        (await service.ReadAsync(RunningWebMedecin.Patient, stranger)).OfType<PatientUnknown>().Should().ContainSingle().Which.Patient.Should().Be(stranger);
        var otherSystem = new PatientKey(PatientKeySystems.InsNir, RunningWebMedecin.Patient.Value);
        (await service.ReadAsync(otherSystem)).Should().ContainSingle().Which.Should().BeOfType<PatientUnknown>();
    }

    [Fact]
    public async Task A_line_that_stands_in_two_documents_is_one_fact()
    {
        await using var service = await RunningWebMedecin.WithPatientAsync();
        // The week before a half-year stands in its document and in the one before.
        await service.AddAsync(jour: "20251229");
        await service.AddAsync(jour: "20251229");
        await service.AddAsync("medicament", "20251229", "1.2.250.1.215.200.1.1.1", "3400939901015", 2, "2.999.75.1^T1");
        (await service.IdsAsync()).Should().BeEquivalentTo(
            "WM00000001/act/20251229/1.2.250.1.215.200.3.3|G/1", "WM00000001/act/20251229/1.2.250.1.215.200.3.3|G/2", "2.999.75.1^T1");
    }

    [Fact]
    public async Task Twelve_months_are_shown()
    {
        await using var service = await RunningWebMedecin.WithPatientAsync();
        await service.AddAsync(jour: "20250316");
        await service.AddAsync(jour: "20250317");
        (await service.IdsAsync()).Should().Equal("WM00000001/act/20250317/1.2.250.1.215.200.3.3|G/1");
        service.Clock.Advance(TimeSpan.FromDays(1));
        (await service.IdsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task The_service_says_who_the_patient_is()
    {
        await using var service = await RunningWebMedecin.WithPatientAsync();
        var found = new List<PatientTraits>();
        await foreach (var traits in ((IIdentityLookup)service.Connector).FindTraitsAsync(RunningWebMedecin.Patient, CancellationToken.None))
            found.Add(traits);
        found.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { BirthName = "PAT-TROIS", GivenNames = new[] { "DOMINIQUE", "MARIE-LOUISE" }, Sex = TraitSex.Female, BirthPlaceCode = "51215" });
        found[0].BirthDate.ToString().Should().Be("1979-03-28");
        found[0].Keys.Should().Equal(RunningWebMedecin.Patient);
    }

    [Fact]
    public async Task Partitions_list_every_patient_once_and_go_on_after_any()
    {
        var world = SyntheticFrance.World.Generate(2009, 40, RunningWebMedecin.Today).ToList();
        await using var service = await RunningWebMedecin.StartAsync(world);
        var known = world.Where(patient => patient.Facts.Any(fact => fact.Origins.Any(origin => origin.SourceId == "web-medecin")))
            .Select(patient => patient.InsNir).Order(StringComparer.Ordinal).ToList();
        var listed = new List<PatientKey>();
        for (var index = 0; index < 3; index++)
            listed.AddRange(await ListAsync(service, new PatientPartition(index, 3), null));
        listed.Select(key => key.Value).Order(StringComparer.Ordinal).Should().Equal(known);
        var all = await ListAsync(service, PatientPartition.All, null);
        (await ListAsync(service, PatientPartition.All, all[11])).Should().Equal(all.Skip(12));
    }

    [Fact]
    public async Task Nothing_asked_for_that_it_holds_still_tells_known_from_unknown()
    {
        await using var service = await RunningWebMedecin.WithPatientAsync();
        await service.AddAsync();
        var request = new ReadRequest([new PatientQuery(RunningWebMedecin.Patient)]) { Categories = [EntryCategory.LabResult] };
        (await service.Connector.ReadAsync(request, CancellationToken.None).ToListAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData("POST", "/interne/lignes", "not json", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/interne/lignes", """{"oid":"1.2.250.1.213.1.4.10","matricule":"150081505104018","nature":"acte"}""", HttpStatusCode.NotFound)]
    [InlineData("POST", "/interne/lignes", """{"oid":"1.2.250.1.213.1.4.10","matricule":"279035121518989","nature":"autre"}""", HttpStatusCode.BadRequest)]
    [InlineData("PUT", "/interne/lignes/99", "{}", HttpStatusCode.NotFound)]
    [InlineData("DELETE", "/interne/lignes/99", null, HttpStatusCode.NotFound)]
    public async Task A_deposit_that_cannot_be_taken_says_why(string method, string path, string? body, HttpStatusCode status)
    {
        await using var service = await RunningWebMedecin.WithPatientAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await service.SendAsync(request);
        answer.StatusCode.Should().Be(status);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("code").And.NotContain("150081505104018");
    }

    [Fact]
    public async Task A_page_of_the_web_cannot_deposit()
    {
        await using var service = await RunningWebMedecin.WithPatientAsync();
        using var request = new HttpRequestMessage(HttpMethod.Delete, new Uri("/interne/lignes/1", UriKind.Relative));
        request.Headers.Add("Origin", "http://elsewhere.example");
        (await service.SendAsync(request)).StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    private static async Task<List<PatientKey>> ListAsync(RunningWebMedecin service, PatientPartition partition, PatientKey? after)
    {
        var keys = new List<PatientKey>();
        await foreach (var key in ((IPatientDirectory)service.Connector).ListPatientsAsync(partition, after, CancellationToken.None))
            keys.Add(key);
        return keys;
    }
}
