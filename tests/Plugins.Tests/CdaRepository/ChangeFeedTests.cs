using System.Text;
using System.Xml.Linq;
using DmpFederation.LegacySystems.FrancheComte;
using DmpFederation.Sdk;
using FluentAssertions;
using Microsoft.AspNetCore.Builder;
using Xunit;

namespace DmpFederation.Plugins.CdaRepository.Tests;

/// <summary>Changes of the running store of Franche-Comté as the connector follows them.</summary>
public sealed class ChangeFeedTests : IAsyncLifetime
{
    private static readonly PatientKey Patient = StoreFixture.Patient;

    private readonly string folder = Directory.CreateTempSubdirectory("franche-comte-feed-").FullName;
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
    private WebApplication server = null!;
    private ISourceConnector connector = null!;

    public async Task InitializeAsync()
    {
        FrancheComteSystem.OpenWriter(folder).Dispose();
        server = FrancheComteSystem.Build(["--urls", "http://127.0.0.1:0"], folder);
        await server.StartAsync();
        connector = new CdaRepositoryPlugin().Open(new SourceContext
        {
            SourceId = "franche-comte",
            Settings = new SourceSettings(new Dictionary<string, string> { ["baseUrl"] = server.Urls.Single() }),
            Http = http,
            Clock = TimeProvider.System,
            PatientKeySystems = [PatientKeySystems.InsC],
            StateFolder = folder,
        });
    }

    public async Task DisposeAsync()
    {
        await connector.DisposeAsync();
        http.Dispose();
        await server.StopAsync();
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task From_the_cursor_of_now_exactly_what_changes_is_told_in_order()
    {
        Write(store => Register(store, "2.999.1.1", "R1"));
        var cursor = await Feed.CurrentCursorAsync(CancellationToken.None);
        (await ReadAsync(cursor)).Should().BeEmpty();

        Write(store => Register(store, "2.999.1.2", "R2", "R3"));
        (await ReadAsync(cursor)).Select(Told).Should().Equal("+2.999.1.2", "+2.999.1.2#2.999.3^R2", "+2.999.1.2#2.999.3^R3");
    }

    [Fact]
    public async Task A_new_version_brings_its_facts_and_takes_those_of_the_old_one_away()
    {
        Write(store => Register(store, "2.999.1.1", "R1", "R2"));
        var cursor = await Feed.CurrentCursorAsync(CancellationToken.None);
        Write(store => Register(store, "2.999.1.2", ["R1"], replaces: "2.999.1.1"));

        var changes = await ReadAsync(cursor);
        changes.Select(Told).Should().Equal(
            "+2.999.1.2", "+2.999.1.2#2.999.3^R1", "+2.999.1.1", "-2.999.1.1#2.999.3^R1", "-2.999.1.1#2.999.3^R2");
        changes.OfType<EntryChanged>().Select(change => change.Entry.Status).Should().Equal("current", "final", "superseded");
        changes.OfType<EntryWithdrawn>().Should().OnlyContain(change => change.Patient == Patient);
    }

    [Fact]
    public async Task A_mask_is_told_with_the_document_and_each_of_its_facts_and_so_is_its_lifting()
    {
        Write(store => Register(store, "2.999.1.1", "R1"));
        var cursor = await Feed.CurrentCursorAsync(CancellationToken.None);
        Write(store => store.Mask("2.999.1.1", masked: true));
        var masked = await ReadAsync(cursor);
        masked.Should().HaveCount(2).And.AllBeOfType<EntryChanged>();
        masked.Cast<EntryChanged>().Should().OnlyContain(change => change.Entry.Confidentiality.Contains("MASQUE_PS"));
        Write(store => store.Mask("2.999.1.1", masked: false));
        var lifted = await ReadAsync(masked[^1].Cursor);
        lifted.Should().HaveCount(2);
        lifted.Cast<EntryChanged>().Should().OnlyContain(change => !change.Entry.Confidentiality.Contains("MASQUE_PS"));
    }

    [Fact]
    public async Task A_deleted_document_takes_its_facts_with_it_and_one_whose_content_is_gone_says_so()
    {
        Write(store =>
        {
            Register(store, "2.999.1.1", "R1", "R2");
            Register(store, "2.999.1.2", "R3");
        });
        var cursor = await Feed.CurrentCursorAsync(CancellationToken.None);
        Write(store =>
        {
            store.Delete("2.999.1.1");
            store.Delete("2.999.1.2");
        });
        File.Delete(Path.Combine(folder, "documents", "2.999.1.2.xml"));
        (await ReadAsync(cursor)).Select(Told).Should().Equal(
            "-2.999.1.1#2.999.3^R1", "-2.999.1.1#2.999.3^R2", "-2.999.1.1", "-2.999.1.2", "?DELETED_CONTENT_GONE");
        (await http.GetAsync($"{server.Urls.Single()}/documents/2.999.1.1")).IsSuccessStatusCode.Should().BeFalse("a deleted document is not read any more");
    }

    [Fact]
    public async Task Going_on_from_any_change_misses_nothing_and_repeats_nothing()
    {
        Write(store =>
        {
            Register(store, "2.999.1.1", "R1", "R2");
            Register(store, "2.999.1.2", "R3");
            Register(store, "2.999.1.3", ["R4"], replaces: "2.999.1.1");
            store.Delete("2.999.1.2");
        });
        var all = await ReadAsync(null);
        all.Select(Told).Should().Equal(
            "+2.999.1.1", "+2.999.1.3", "+2.999.1.3#2.999.3^R4", "+2.999.1.1", "-2.999.1.1#2.999.3^R1", "-2.999.1.1#2.999.3^R2",
            "-2.999.1.2#2.999.3^R3", "-2.999.1.2");
        all.Select(change => change.Cursor).Should().OnlyHaveUniqueItems();
        for (var done = 1; done <= all.Count; done++)
            (await ReadAsync(all[done - 1].Cursor)).Select(Told).Should().Equal(all.Skip(done).Select(Told));
    }

    [Fact]
    public async Task A_document_that_changed_while_it_was_being_told_is_told_anew()
    {
        Write(store => Register(store, "2.999.1.1", "R1", "R2"));
        var cursor = (await ReadAsync(null))[1].Cursor;
        Write(store => store.Mask("2.999.1.1", masked: true));
        (await ReadAsync(cursor)).OfType<EntryChanged>().Where(change => change.Entry.Confidentiality.Contains("MASQUE_PS"))
            .Select(change => change.Entry.LocalId).Should().Contain(["2.999.1.1", "2.999.1.1#2.999.3^R1", "2.999.1.1#2.999.3^R2"]);
    }

    [Fact]
    public async Task Following_the_changes_leads_to_what_a_reading_shows()
    {
        var followed = new Dictionary<string, string>();
        string? cursor = null;
        Action<RegistryDeposits>[] steps =
        [
            store => Register(store, "2.999.1.1", "R1", "R2"),
            store => Register(store, "2.999.1.2", "R3"),
            store => Register(store, "2.999.1.3", ["R1"], replaces: "2.999.1.1"),
            store => store.Mask("2.999.1.3", masked: true),
            store => store.Archive("2.999.1.2"),
            store => store.Delete("2.999.1.3"),
        ];
        foreach (var step in steps)
        {
            Write(step);
            foreach (var change in await ReadAsync(cursor))
            {
                cursor = change.Cursor;
                if (change is EntryChanged { Entry: var entry })
                    followed[entry.LocalId] = Convert.ToBase64String(entry.Resource.Span);
                else
                    followed.Remove(((EntryWithdrawn)change).LocalId);
            }
            var read = await connector.ReadAsync(new ReadRequest([new PatientQuery(Patient)]), CancellationToken.None).ToListAsync();
            followed.Should().BeEquivalentTo(read.OfType<DossierEntry>().ToDictionary(one => one.LocalId, one => Convert.ToBase64String(one.Resource.Span)));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("c1~4711~0~cbf29ce484222325")]
    public async Task A_cursor_of_another_kind_asks_for_a_new_copy(string cursor) => await ExpiredAsync(cursor);

    [Fact]
    public async Task A_cursor_older_than_the_journal_asks_for_a_new_copy()
    {
        Write(store => Register(store, "2.999.1.1", "R1"));
        var early = await Feed.CurrentCursorAsync(CancellationToken.None);
        Write(store => Register(store, "2.999.1.2", "R2"));
        Write(store => Register(store, "2.999.1.3", "R3"));
        Write(store => store.Purge(2));
        await ExpiredAsync(early);
        await ExpiredAsync(null);
        var late = await Feed.CurrentCursorAsync(CancellationToken.None);
        (await ReadAsync(late)).Should().BeEmpty();
    }

    private IChangeFeed Feed => (IChangeFeed)connector;

    private static void Register(RegistryDeposits store, string id, params string[] results) => Register(store, id, results, null);

    private static void Register(RegistryDeposits store, string id, string[] results, string? replaces)
    {
        var entries = results.Select(result => CdaSample.Entry(CdaSample.Result(
            "<value xsi:type=\"PQ\" value=\"12.5\" unit=\"g/dL\"/>", id: $"<id root=\"2.999.3\" extension=\"{result}\"/>")));
        var document = CdaSample.Document(CdaSample.Body(CdaSample.Section("18719-5", string.Concat(entries))), root: id);
        var line = new XElement(
            IndexLine.Ns + "document", new XElement(IndexLine.Ns + "uniqueId", id), new XElement(IndexLine.Ns + "mimeType", "text/xml"),
            new XElement(IndexLine.Ns + "path", $"documents/{id}"));
        store.Register(Patient.Value, id, line, Encoding.UTF8.GetBytes(document), $"{id}.xml", replaces);
    }

    private void Write(Action<RegistryDeposits> write)
    {
        using var store = new RegistryDeposits(new DocumentRegistry(folder));
        write(store);
        store.Commit();
    }

    private async Task ExpiredAsync(string? cursor)
    {
        var read = async () => await ReadAsync(cursor);
        (await read.Should().ThrowAsync<SourceFaultException>()).Which.Code.Should().Be(SourceFaultCodes.CursorExpired);
    }

    private async Task<List<SourceChange>> ReadAsync(string? cursor) => await Feed.ReadChangesAsync(cursor, CancellationToken.None).ToListAsync();

    private static string Told(SourceChange change) => change switch
    {
        EntryChanged changed => $"+{changed.Entry.LocalId}",
        EntryWithdrawn withdrawn => $"-{withdrawn.LocalId}",
        ItemUnreadable unreadable => $"?{unreadable.Item.Code}",
        _ => throw new InvalidOperationException(),
    };
}
