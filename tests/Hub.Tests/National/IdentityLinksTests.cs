using DmpFederation.Hub.Identity;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.National;

public sealed class SqliteIdentityLinksTests() : IdentityLinksTests(new SqliteNationalHost());

public sealed class PostgreSqlIdentityLinksTests() : IdentityLinksTests(new PostgreSqlNationalHost());

/// <summary>The links between identifiers of one person, with their history.</summary>
public abstract class IdentityLinksTests : IAsyncLifetime
{
    private static readonly PatientKey Ins = AChange.Keys()[0];
    private static readonly PatientKey InsC = AChange.Keys()[1];
    private static readonly PatientKey Local = new("urn:oid:1.2.250.1.999.1", "IPP-7");

    private readonly NationalHost host;
    private readonly TestClock clock = new();
    private readonly NationalNode node;

    protected IdentityLinksTests(NationalHost host)
    {
        this.host = host;
        node = host.Open(clock);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await host.DisposeAsync();

    [SkippableFact]
    public async Task Linked_identifiers_lead_to_one_person_and_others_to_nobody()
    {
        var person = await node.Links.LinkAsync([Ins, InsC], IdentityStatus.Validated, "CN", AChange.Steward, default);

        person.Should().NotBeNull();
        (await node.Links.FindAsync(Ins, default)).Should().Be(person);
        (await node.Links.FindAsync(InsC, default)).Should().Be(person);
        (await node.Links.FindAsync(Local, default)).Should().BeNull();
        (await node.Links.FindAsync(Ins with { System = PatientKeySystems.InsNir }, default)).Should().BeNull("a test number is no production number");
    }

    [SkippableFact]
    public async Task A_further_identifier_joins_the_person_of_the_others()
    {
        var person = await node.Links.LinkAsync([Ins], IdentityStatus.Qualified, "INSI", AChange.Steward, default);

        (await node.Links.LinkAsync([Local, Ins], IdentityStatus.Provisional, "IMPORT", "region", default)).Should().Be(person);

        (await node.Links.HistoryAsync(person!.Value, default)).Select(static link => (link.Key, link.Status, link.VerifiedBy, link.LinkedBy)).Should().Equal(
            (Ins, IdentityStatus.Qualified, "INSI", AChange.Steward), (Local, IdentityStatus.Provisional, "IMPORT", "region"));
    }

    [SkippableFact]
    public async Task A_higher_status_takes_the_place_of_a_lower_one_and_the_history_keeps_both()
    {
        var person = await node.Links.LinkAsync([Ins], IdentityStatus.Retrieved, "INSI", "first", default);
        clock.Advance(TimeSpan.FromDays(1));
        var epoch = (await node.FindAsync()).Epoch;
        await node.Links.LinkAsync([Ins], IdentityStatus.Qualified, "PA", "second", default);
        await node.Links.LinkAsync([Ins], IdentityStatus.Provisional, "IMPORT", "third", default);

        var history = await node.Links.HistoryAsync(person!.Value, default);
        history.Should().HaveCount(2);
        history[0].Should().BeEquivalentTo(new { Until = (DateTimeOffset?)clock.GetUtcNow(), UnlinkedBy = "second", UnlinkReason = "STATUS_RAISED" });
        history[1].Should().BeEquivalentTo(new { Status = IdentityStatus.Qualified, VerifiedBy = "PA", Until = (DateTimeOffset?)null });
        (await node.FindAsync()).Epoch.Should().Be(epoch + 1);
    }

    [SkippableFact]
    public async Task Identifiers_of_different_persons_are_not_joined()
    {
        await node.Links.LinkAsync([Ins], IdentityStatus.Qualified, "INSI", AChange.Steward, default);
        var other = await node.Links.LinkAsync([Local], IdentityStatus.Provisional, "IMPORT", AChange.Steward, default);

        (await node.Links.LinkAsync([Ins, Local, InsC], IdentityStatus.Qualified, "INSI", AChange.Steward, default)).Should().BeNull();

        (await node.Links.FindAsync(Local, default)).Should().Be(other);
        (await node.Links.FindAsync(InsC, default)).Should().BeNull();
    }

    [SkippableFact]
    public async Task An_identifier_taken_away_is_kept_in_the_history_and_may_be_linked_anew()
    {
        var person = await node.Links.LinkAsync([Ins, Local], IdentityStatus.Validated, "CN", "first", default);
        clock.Advance(TimeSpan.FromDays(1));

        (await node.Links.UnlinkAsync(Local, AChange.Steward, "typed wrongly", default)).Should().BeTrue();
        (await node.Links.UnlinkAsync(Local, AChange.Steward, "typed wrongly", default)).Should().BeFalse();
        (await node.Links.FindAsync(Local, default)).Should().BeNull();
        var other = await node.Links.LinkAsync([Local], IdentityStatus.Validated, "CN", "second", default);

        other.Should().NotBe(person);
        (await node.Links.HistoryAsync(person!.Value, default))[1].Should().BeEquivalentTo(new
        {
            Key = Local,
            Until = (DateTimeOffset?)clock.GetUtcNow(),
            UnlinkedBy = AChange.Steward,
            UnlinkReason = "typed wrongly",
        });
    }

    [SkippableFact]
    public async Task The_same_new_identifier_linked_by_many_at_once_leads_to_one_person()
    {
        NationalNode[] nodes = [node, host.Open(clock)];

        var persons = await Task.WhenAll(Enumerable.Range(0, 12).Select(at => Task.Run(() =>
            nodes[at % 2].Links.LinkAsync(at % 3 == 0 ? [Ins, Local] : [Local, Ins], IdentityStatus.Qualified, "INSI", AChange.Steward, default))));

        persons.Distinct().Should().ContainSingle().Which.Should().NotBeNull();
        (await node.Links.HistoryAsync(persons[0]!.Value, default)).Should().HaveCount(2);
    }

    [SkippableFact]
    public async Task Of_an_unknown_person_there_is_no_history() =>
        (await node.Links.HistoryAsync(new PersonId(Guid.NewGuid()), default)).Should().BeEmpty();
}
