using System.Text.Json;
using CsCheck;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.National;

public sealed class SqlitePolicyPropertyTests() : PolicyPropertyTests(new SqliteNationalHost());

public sealed class PostgreSqlPolicyPropertyTests() : PolicyPropertyTests(new PostgreSqlNationalHost());

/// <summary>Any sequence of changes, made by two nodes in turn, leads to the policy a simple model says it does.</summary>
public abstract class PolicyPropertyTests(NationalHost host) : IAsyncLifetime
{
    private static readonly string[] Ids = ["a", "B", "é"];

    private static readonly Gen<PolicyChange> Change = Gen.Select(Gen.Int[0, 12], Gen.Int[0, 2], Gen.Int[0, 3], Gen.Bool).Select(
        static (kind, id, other, flag) => Of(kind, id, other, flag));

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await host.DisposeAsync();

    [SkippableFact]
    public async Task Any_sequence_of_changes_leads_to_the_policy_the_model_says()
    {
        var clock = new TestClock();
        NationalNode[] nodes = [host.Open(clock), host.Open(clock)];
        var person = 0;

        await Change.Array[1, 25].SampleAsync(
            async changes =>
            {
                var patient = Interlocked.Increment(ref person);
                var model = new PolicyModel();
                for (var at = 0; at < changes.Length; at++)
                {
                    clock.Advance(TimeSpan.FromMinutes(7));
                    var told = await TryAsync(() => nodes[at % 2].ApplyAsync(changes[at], patient));
                    var expected = model.Apply(changes[at], clock.GetUtcNow());
                    Text(told, clock).Should().Be(Text(expected, clock), $"change {at} is {changes[at].GetType().Name}");
                    Text(await nodes[(at + 1) % 2].FindAsync(patient), clock).Should().Be(Text(model.Policy, clock));
                }
            },
            iter: 40,
            threads: 1);
    }

    private static async Task<PatientPolicy?> TryAsync(Func<Task<PatientPolicy>> apply)
    {
        try
        {
            return await apply();
        }
        catch (PolicyConflictException)
        {
            return null;
        }
    }

    /// <summary>All of a policy but the hub's own number of the person, and tickets that ended since it was read.</summary>
    private static string Text(PatientPolicy? policy, TimeProvider clock) => policy is null
        ? "conflict"
        : JsonSerializer.Serialize(policy with { Person = null, Tickets = [.. policy.Tickets.Where(ticket => ticket.Until > clock.GetUtcNow())] });

    private static PolicyChange Of(int kind, int id, int other, bool flag)
    {
        var mask = AChange.Mask((MaskTargetKind)other, Ids[id], (Visibility)(other % 3), Ids[..id]) with { Lifts = flag };
        var since = AChange.Morning.AddDays(id);
        return kind switch
        {
            0 => AChange.Opening(),
            1 => new PolicyChange.Close("because"),
            2 => new PolicyChange.Record(AChange.Consent(
                (ConsentAction)id, flag ? ConsentChoice.Permit : ConsentChoice.Deny, new Grantee((GranteeKind)other, flag ? Ids[id] : null),
                flag ? since.AddDays(1) : null, Ids[..id])),
            3 => new PolicyChange.Block(Ids[id], flag),
            4 => new PolicyChange.DeclareAttending(flag ? Ids[id] : null),
            5 => new PolicyChange.DeclareMember(
                new CareTeamMember(flag ? Ids[id] : null, flag ? null : Ids[id], since, other > 1 ? since.AddDays(other) : null)),
            6 => new PolicyChange.Oppose(other > 0 ? flag : null, other > 1 ? !flag : null),
            7 or 8 => new PolicyChange.SetMask(mask),
            9 => new PolicyChange.RemoveMask(mask.Target, flag ? mask.Visibility : null),
            10 => new PolicyChange.Extend(mask.Target, mask.Visibility, [Ids[other % 3], "z"]),
            11 => AChange.Ticket($"{Ids[id]}-{Guid.NewGuid():N}", since: AChange.Morning.AddHours(other)),
            _ => new PolicyChange.EndTicket("no-such-ticket"),
        };
    }
}
