using System.Collections.Concurrent;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.National;

public sealed class SqlitePolicyFreshnessTests() : PolicyFreshnessTests(new SqliteNationalHost());

public sealed class PostgreSqlPolicyFreshnessTests() : PolicyFreshnessTests(new PostgreSqlNationalHost());

/// <summary>A change is seen by the next lookup, on every node: nothing kept outlives it.</summary>
public abstract class PolicyFreshnessTests(NationalHost host) : IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await host.DisposeAsync();

    [SkippableFact]
    public async Task While_nothing_changes_the_same_policy_is_given_again()
    {
        var node = host.Open();
        await node.ApplyAsync(AChange.Opening());

        (await node.FindAsync()).Should().BeSameAs(await node.FindAsync());
    }

    [SkippableFact]
    public async Task A_change_for_one_person_leaves_what_is_kept_of_another()
    {
        var node = host.Open();
        await node.ApplyAsync(AChange.Opening(), person: 1);
        var kept = await node.FindAsync(1);
        await node.ApplyAsync(AChange.Opening(), person: 2);

        (await node.FindAsync(1)).Should().BeSameAs(kept);
    }

    [SkippableFact]
    public async Task A_withdrawal_on_one_node_holds_at_the_next_lookup_on_every_node()
    {
        NationalNode[] nodes = [host.Open(), host.Open(), host.Open()];
        await nodes[0].ApplyAsync(AChange.Permit());
        foreach (var node in nodes)
            (await node.FindAsync()).Consents.Should().ContainSingle();

        for (var round = 0; round < 5; round++)
        {
            var withdrawn = await nodes[round % 3].ApplyAsync(AChange.Deny());
            foreach (var node in nodes)
                (await node.FindAsync()).Should().BeEquivalentTo(withdrawn);
        }
    }

    [SkippableFact]
    public async Task A_change_by_hand_in_the_database_is_seen_when_it_moves_the_epoch()
    {
        var node = host.Open();
        await node.ApplyAsync(new PolicyChange.DeclareAttending(AChange.Doctor));
        (await node.FindAsync()).AttendingPhysician.Should().Be(AChange.Doctor);
        await host.ExecuteAsync($"UPDATE person SET attending_physician = '{AChange.OtherDoctor}', epoch = epoch + 1");

        (await node.FindAsync()).AttendingPhysician.Should().Be(AChange.OtherDoctor);
    }

    [SkippableFact]
    public async Task A_word_this_hub_does_not_know_makes_the_policy_unusable_and_not_shorter()
    {
        var node = host.Open();
        await node.ApplyAsync(AChange.Permit());
        await node.ApplyAsync(AChange.Permit(), person: 2);
        await host.ExecuteAsync("UPDATE consent SET choice = 'PermitOnSundays' WHERE person_id = (SELECT person_id FROM consent LIMIT 1)");
        await host.ExecuteAsync("UPDATE person SET epoch = epoch + 1");

        var refused = 0;
        for (var person = 1; person <= 2; person++)
        {
            try
            {
                (await node.FindAsync(person)).Consents.Should().ContainSingle();
            }
            catch (PolicyUnavailableException fault)
            {
                fault.Code.Should().Be("SCHEMA");
                refused++;
            }
        }
        refused.Should().Be(1);
    }

    [SkippableFact]
    public async Task A_caller_who_gives_up_costs_the_others_nothing_that_is_kept()
    {
        var node = host.Open();
        await node.ApplyAsync(AChange.Opening(), person: 1);
        await node.ApplyAsync(AChange.Opening(), person: 2);
        var kept = await node.FindAsync(1);
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        var find = async () => await node.Policies.FindAsync(AChange.Keys(2)[0], gone.Token);
        await find.Should().ThrowAsync<OperationCanceledException>();

        (await node.FindAsync(1)).Should().BeSameAs(kept);
    }

    [SkippableFact]
    public async Task An_unlinked_identifier_leads_nowhere_at_the_next_lookup_on_every_node()
    {
        var (here, there) = (host.Open(), host.Open());
        var keys = AChange.Keys();
        await here.ApplyAsync(AChange.Opening());
        (await there.Policies.FindAsync(keys[1], default)).State.Should().Be(DossierState.Open);

        (await here.Links.UnlinkAsync(keys[1], AChange.Steward, "another person", default)).Should().BeTrue();

        (await there.Policies.FindAsync(keys[1], default)).Should().BeSameAs(PatientPolicy.None);
        (await here.Policies.FindAsync(keys[1], default)).Should().BeSameAs(PatientPolicy.None);
        (await there.Policies.FindAsync(keys[0], default)).Epoch.Should().Be(2);
    }

    [SkippableFact]
    public async Task An_identifier_that_is_given_to_another_person_leads_to_that_one()
    {
        var (here, there) = (host.Open(), host.Open());
        var moved = AChange.Keys(1)[1];
        await here.ApplyAsync(AChange.Opening(), person: 1);
        await here.ApplyAsync(AChange.Deny(), person: 2);
        (await there.Policies.FindAsync(moved, default)).State.Should().Be(DossierState.Open);

        await here.Links.UnlinkAsync(moved, AChange.Steward, "mixed up", default);
        await here.Links.LinkAsync([AChange.Keys(2)[0], moved], IdentityStatus.Qualified, "INSI", AChange.Steward, default);

        (await there.Policies.FindAsync(moved, default)).Should().BeEquivalentTo(await here.FindAsync(2));
    }

    [SkippableFact]
    public async Task Once_a_change_is_made_no_later_lookup_on_any_node_gives_an_older_policy()
    {
        NationalNode[] nodes = [host.Open(), host.Open(), host.Open()];
        await nodes[0].ApplyAsync(AChange.Opening());
        long made = 1;
        var older = new ConcurrentQueue<string>();
        using var stop = new CancellationTokenSource();
        var readers = nodes.Select(node => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var before = Volatile.Read(ref made);
                var policy = await node.FindAsync();
                if (policy.Epoch < before || policy.Consents.Count != policy.Epoch)
                    older.Enqueue($"epoch {policy.Epoch} with {policy.Consents.Count} consents after {before} changes");
            }
        })).ToList();

        for (var change = 2; change <= 60; change++)
        {
            var policy = await nodes[change % 3].ApplyAsync(AChange.Permit());
            Volatile.Write(ref made, policy.Epoch);
        }
        await stop.CancelAsync();
        await Task.WhenAll(readers);

        older.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task Changes_of_one_person_from_several_nodes_follow_each_other_and_none_is_lost()
    {
        NationalNode[] nodes = [host.Open(), host.Open()];

        // The first ones meet a person nobody knows yet.
        await Task.WhenAll(Enumerable.Range(0, 16).Select(at => Task.Run(() =>
            nodes[at % 2].Policies.ApplyAsync([AChange.Keys()[at % 2], AChange.Keys()[(at + 1) % 2]], AChange.Permit(), "patient", default))));

        var policy = await nodes[0].FindAsync();
        policy.Epoch.Should().Be(16);
        policy.Consents.Select(static consent => consent.Sequence).Should().Equal(Enumerable.Range(1, 16).Select(static number => (long)number));
    }

    [SkippableFact]
    public async Task What_is_kept_is_bounded_and_still_right_beyond_the_bound()
    {
        host.Settings["Access:KeepPolicies"] = "3";
        var node = host.Open();
        for (var person = 1; person <= 6; person++)
            await node.ApplyAsync(new PolicyChange.DeclareAttending($"8{person}"), person);

        for (var round = 0; round < 2; round++)
        {
            for (var person = 1; person <= 6; person++)
                (await node.FindAsync(person)).AttendingPhysician.Should().Be($"8{person}");
        }
    }
}
