using DmpFederation.Hub.Identity;
using DmpFederation.Hub.Identity.Links;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.National;

public sealed class SqliteKnownPersonsTests() : KnownPersonsTests(new SqliteNationalHost());

public sealed class PostgreSqlKnownPersonsTests() : KnownPersonsTests(new PostgreSqlNationalHost());

/// <summary>Everybody the hub knows, page by page, each once.</summary>
public abstract class KnownPersonsTests(NationalHost host) : IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await host.DisposeAsync();

    [SkippableFact]
    public async Task Everybody_with_a_link_in_force_is_listed_once_with_what_is_linked_now()
    {
        var node = host.Open(new TestClock());
        for (var number = 1; number <= 23; number++)
            await node.Links.LinkAsync([APatient.Number(number).Ins.Key, APatient.Number(number).InsC.Key], IdentityStatus.Qualified, "INSI", "steward-1", default);
        await node.Links.UnlinkAsync(APatient.Number(3).InsC.Key, "steward-1", "wrong", default);
        await node.Links.UnlinkAsync(APatient.Number(4).Ins.Key, "steward-1", "wrong", default);
        await node.Links.UnlinkAsync(APatient.Number(4).InsC.Key, "steward-1", "wrong", default);

        var listed = new List<KnownPerson>();
        for (PersonId? after = null; ;)
        {
            var page = await node.Persons.ListAsync(after, 5, default);
            listed.AddRange(page);
            if (page.Count < 5)
                break;
            after = page[^1].Person;
        }

        listed.Select(static one => one.Person).Should().OnlyHaveUniqueItems().And.HaveCount(22);
        listed.SelectMany(static one => one.Keys).Should().BeEquivalentTo(
            Enumerable.Range(1, 23).Select(APatient.Number).SelectMany(static one => new[] { one.Ins.Key, one.InsC.Key })
                .Except([APatient.Number(3).InsC.Key, APatient.Number(4).Ins.Key, APatient.Number(4).InsC.Key]));
    }
}
