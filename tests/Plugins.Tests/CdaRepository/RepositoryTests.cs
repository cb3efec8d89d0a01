using System.Diagnostics;
using System.Text;
using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.CdaRepository.Tests;

public sealed class RepositoryTests
{
    private static readonly byte[] Report = Encoding.UTF8.GetBytes(CdaSample
        .One("18719-5", CdaSample.Result("<value xsi:type=\"PQ\" value=\"12.5\" unit=\"g/dL\"/>"))
        .Replace($"root=\"1.2.250.1.213.1.4.10\" extension=\"{CdaSample.Ins}\"", $"root=\"1.2.250.1.213.1.4.2\" extension=\"{StoreFixture.Patient.Value}\"", StringComparison.Ordinal));

    [Fact]
    public async Task A_document_of_the_index_is_filed_under_the_key_asked_with_the_labels_of_the_index_on_every_fact()
    {
        string? asked = null;
        await using var store = await StoreFixture.StartAsync(
            async context =>
            {
                asked = context.Request.Query["patientId"];
                await StoreFixture.Index(StoreFixture.Line("2.999.1.1", Report))(context);
            },
            ("2.999.1.1", StoreFixture.Bytes(Report)));
        var entries = (await store.ReadAsync()).Cast<DossierEntry>().ToList();
        asked.Should().Be($"{StoreFixture.Patient.Value}^^^&1.2.250.1.213.1.4.2&ISO^INS-C");
        entries.Select(entry => entry.Category).Should().Equal(EntryCategory.Document, EntryCategory.LabResult);
        entries.Should().OnlyContain(entry => entry.FiledUnder == StoreFixture.Patient && entry.Subject == StoreFixture.Patient);
        entries.Should().OnlyContain(entry => entry.Confidentiality.SequenceEqual(new[] { "N", "MASQUE_PS" }));
        entries[0].Json().GetProperty("securityLabel").GetArrayLength().Should().Be(2);
        entries[0].Json().GetProperty("id").GetString().Should().Be("6f1b3a0e-0000-4000-8000-000000000001");
    }

    [Fact]
    public async Task A_patient_unknown_to_the_store_is_not_an_error()
    {
        await using var missing = await StoreFixture.StartAsync(StoreFixture.Status(404));
        (await missing.ReadAsync()).Should().ContainSingle().Which.Should().BeOfType<PatientUnknown>();
        await using var coded = await StoreFixture.StartAsync(
            StoreFixture.Text("<error xmlns=\"urn:franche-comte:index:2009\" code=\"XDSUnknownPatientId\"/>"));
        (await coded.ReadAsync()).Should().ContainSingle().Which.Should().BeOfType<PatientUnknown>();
    }

    [Fact]
    public async Task One_document_that_fails_is_a_gap_and_is_still_known_from_the_index()
    {
        await using var store = await StoreFixture.StartAsync(
            StoreFixture.Index(
                StoreFixture.Line("2.999.1.1"), StoreFixture.Line("2.999.1.2"), StoreFixture.Line("2.999.1.3"), StoreFixture.Line("2.999.1.4"),
                StoreFixture.Line("2.999.1.5", path: "http://127.0.0.1:1/documents/2.999.1.5"), StoreFixture.Line("2.999.1.6", path: "../secret")),
            ("2.999.1.1", StoreFixture.Bytes(Report)), ("2.999.1.2", StoreFixture.Status(500)), ("2.999.1.3", StoreFixture.TruncatesAsync),
            ("2.999.1.4", StoreFixture.Redirect("http://127.0.0.1:1/elsewhere")));
        var items = await store.ReadAsync();
        items.OfType<ReadGap>().Should().HaveCount(5).And.OnlyContain(gap => gap.Code == "DOCUMENT_FAILED" && gap.Patient == StoreFixture.Patient);
        var documents = items.OfType<DossierEntry>().Where(entry => entry.Category == EntryCategory.Document).ToList();
        documents.Should().HaveCount(6);
        documents.Should().Contain(entry => entry.LocalId == "2.999.1.2" && entry.Title == "Titre de l'index" && entry.Code!.Code == "11502-2");
        items.OfType<DossierEntry>().Should().ContainSingle(entry => entry.Category == EntryCategory.LabResult);
    }

    [Fact]
    public async Task A_content_that_is_not_the_one_registered_is_not_shown()
    {
        await using var store = await StoreFixture.StartAsync(
            StoreFixture.Index(StoreFixture.Line("2.999.1.1", Encoding.UTF8.GetBytes("another"))), ("2.999.1.1", StoreFixture.Bytes(Report)));
        var items = await store.ReadAsync();
        items.OfType<ReadGap>().Single().Code.Should().Be("DOCUMENT_ALTERED");
        items.OfType<DossierEntry>().Single().Json().GetProperty("content")[0].GetProperty("attachment").TryGetProperty("data", out _).Should().BeFalse();
    }

    [Fact]
    public async Task A_document_that_is_not_a_CDA_is_kept_raw_beside_its_entry()
    {
        var bytes = Encoding.UTF8.GetBytes("<broken>");
        await using var store = await StoreFixture.StartAsync(StoreFixture.Index(StoreFixture.Line("2.999.1.1")), ("2.999.1.1", StoreFixture.Bytes(bytes)));
        var items = await store.ReadAsync();
        items.OfType<DossierEntry>().Should().ContainSingle();
        var unreadable = items.OfType<Unreadable>().Single();
        unreadable.Code.Should().Be("CDA_NOT_XML");
        unreadable.Raw.ToArray().Should().Equal(bytes);
        unreadable.Patient.Should().Be(StoreFixture.Patient);
    }

    [Fact]
    public async Task A_document_about_another_patient_names_that_patient_so_that_the_hub_can_stop_it()
    {
        var other = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Report).Replace(StoreFixture.Patient.Value, "0407520632709417038601", StringComparison.Ordinal));
        await using var store = await StoreFixture.StartAsync(StoreFixture.Index(StoreFixture.Line("2.999.1.1")), ("2.999.1.1", StoreFixture.Bytes(other)));
        (await store.ReadAsync()).Cast<DossierEntry>().Should().OnlyContain(entry =>
            entry.Subject == new PatientKey(PatientKeySystems.InsC, "0407520632709417038601") && entry.FiledUnder == StoreFixture.Patient);
    }

    [Fact]
    public async Task A_replaced_document_is_listed_as_superseded_without_its_facts_and_a_deleted_one_not_at_all()
    {
        await using var store = await StoreFixture.StartAsync(
            StoreFixture.Index(StoreFixture.Line("2.999.1.1", status: "Deprecated"), StoreFixture.Line("2.999.1.2", status: "Deleted")),
            ("2.999.1.1", StoreFixture.Bytes(Report)), ("2.999.1.2", StoreFixture.Bytes(Report)));
        var entry = (await store.ReadAsync()).Should().ContainSingle().Which.Should().BeOfType<DossierEntry>().Subject;
        entry.Status.Should().Be("superseded");
    }

    [Theory]
    [InlineData(500, "ERROR_STATUS")]
    [InlineData(403, "REFUSED")]
    [InlineData(302, "FOREIGN_LINK")]
    public async Task An_index_that_fails_is_a_fault_of_the_source(int status, string code)
    {
        await using var store = await StoreFixture.StartAsync(StoreFixture.Status(status));
        var read = async () => await store.ReadAsync();
        (await read.Should().ThrowAsync<SourceFaultException>()).Which.Code.Should().Be(code);
    }

    [Theory]
    [InlineData("<html/>")]
    [InlineData("not xml")]
    [InlineData("<!DOCTYPE a><documents xmlns=\"urn:franche-comte:index:2009\"/>")]
    public async Task An_index_that_speaks_another_protocol_is_a_bad_answer(string answer)
    {
        await using var store = await StoreFixture.StartAsync(StoreFixture.Text(answer));
        var read = async () => await store.ReadAsync();
        (await read.Should().ThrowAsync<SourceFaultException>()).Which.Code.Should().Be("BAD_ANSWER");
    }

    [Fact]
    public async Task Cancelling_stops_a_hung_document_within_a_second_and_what_came_before_counts()
    {
        await using var store = await StoreFixture.StartAsync(
            StoreFixture.Index(StoreFixture.Line("2.999.1.1"), StoreFixture.Line("2.999.1.2")),
            ("2.999.1.1", StoreFixture.Bytes(Report)), ("2.999.1.2", StoreFixture.HangsAsync));
        using var stop = new CancellationTokenSource();
        var items = new List<ReadItem>();
        var watch = new Stopwatch();
        var read = async () =>
        {
            await foreach (var item in store.Connector.ReadAsync(new ReadRequest([new PatientQuery(StoreFixture.Patient)]), stop.Token))
            {
                items.Add(item);
                if (items.Count < 2)
                    continue;
                watch.Start();
                await stop.CancelAsync();
            }
        };
        await read.Should().ThrowAsync<OperationCanceledException>();
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(1));
        items.Should().HaveCount(2);
    }

    [Fact]
    public async Task Each_document_says_whom_it_names_beside_the_key_it_is_filed_under()
    {
        const string Person = "<patient><name><family qualifier=\"BR\">PAT-TROIS</family></name><birthTime value=\"19790328\"/></patient></patientRole>";
        var named = Encoding.UTF8.GetString(Report).Replace("</patientRole>", Person, StringComparison.Ordinal);
        await using var store = await StoreFixture.StartAsync(
            StoreFixture.Index(
                StoreFixture.Line("2.999.1.1"), StoreFixture.Line("2.999.1.2", status: "Deprecated"), StoreFixture.Line("2.999.1.3"),
                StoreFixture.Line("2.999.1.4"), StoreFixture.Line("2.999.1.5")),
            ("2.999.1.1", StoreFixture.Text(named)), ("2.999.1.2", StoreFixture.Text(named)), ("2.999.1.5", StoreFixture.Bytes(Report)),
            ("2.999.1.3", StoreFixture.Text("no CDA")), ("2.999.1.4", StoreFixture.Status(500)));

        var persons = await store.FindAsync();

        persons.Select(person => person.DocumentLocalId).Should().BeEquivalentTo("2.999.1.1", "2.999.1.2");
        persons.Should().OnlyContain(person => person.Patient == StoreFixture.Patient && person.Traits.BirthName == "PAT-TROIS");
    }

    [Fact]
    public async Task The_content_opens_for_its_own_patient_only()
    {
        await using var store = await StoreFixture.StartAsync(
            context => context.Request.Query["patientId"].ToString().StartsWith(StoreFixture.Patient.Value, StringComparison.Ordinal)
                ? StoreFixture.Index(StoreFixture.Line("2.999.1.1"))(context)
                : StoreFixture.Index()(context),
            ("2.999.1.1", StoreFixture.Bytes(Report)));
        var documents = (IDocumentContent)store.Connector;
        await using var content = await documents.OpenContentAsync(StoreFixture.Patient, "2.999.1.1", CancellationToken.None);
        content!.ContentType.Should().Be("text/xml");
        content.Length.Should().Be(Report.Length);
        (await documents.OpenContentAsync(new PatientKey(PatientKeySystems.InsC, "0407520632709417038601"), "2.999.1.1", CancellationToken.None)).Should().BeNull();
        (await documents.OpenContentAsync(StoreFixture.Patient, "2.999.9", CancellationToken.None)).Should().BeNull();
    }

    [Fact]
    public async Task A_probe_tells_whether_the_store_answers()
    {
        var store = await StoreFixture.StartAsync(StoreFixture.Index());
        await store.Connector.ProbeAsync(CancellationToken.None);
        await store.DisposeAsync();
        var probe = async () => await store.Connector.ProbeAsync(CancellationToken.None);
        await probe.Should().ThrowAsync<Exception>();
    }
}
