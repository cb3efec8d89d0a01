using System.Text;
using System.Text.Json;
using DmpFederation.Hub.Access;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Deposits;
using DmpFederation.Hub.Deposits.Delivery;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Identity;
using DmpFederation.Hub.Tests.National;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Xunit;

namespace DmpFederation.Hub.Tests.Deposits;

public sealed class SqliteDeliveryTests() : DeliveryTests(new SqliteNationalHost());

public sealed class PostgreSqlDeliveryTests() : DeliveryTests(new PostgreSqlNationalHost());

/// <summary>How deposits come to legacy systems: at least once, by the key once; nothing is lost whenever a node ends.</summary>
public abstract class DeliveryTests : IAsyncLifetime
{
    private readonly NationalHost host;
    private readonly TestClock clock = new();
    private readonly NationalNode node;
    private readonly DepositRig rig;

    protected DeliveryTests(NationalHost host)
    {
        this.host = host;
        node = host.Open(clock);
        rig = new DepositRig(node, clock);
    }

    public Task InitializeAsync() => node.ApplyAsync(AChange.Opening());

    public async Task DisposeAsync()
    {
        rig.Dispose();
        await host.DisposeAsync();
    }

    [SkippableFact]
    public async Task A_deposit_is_delivered_to_every_system_that_takes_it_under_the_key_it_knows()
    {
        rig.Sources = [.. rig.Sources.Select(static source =>
            source.Id == DepositRig.Legacy ? source.Understanding(PatientKeySystems.InsC) : source)];
        await rig.KeepAsync(ADeposit.Draft());

        (await rig.DeliverAsync()).Should().BeTrue();
        (await rig.DeliverAsync()).Should().BeFalse("nothing is due any more");

        rig.Writer.Asked.Select(static asked => (asked.SourceId, asked.Entry.FiledUnder, asked.Key)).Should().BeEquivalentTo(
            [
                (DepositRig.Legacy, APatient.Known().InsC.Key, ADeposit.Name(1)), (DepositRig.Laboratory, APatient.Known().Ins.Key, ADeposit.Name(1)),
            ]);
        rig.Writer.Held.Should().OnlyContain(static entry => entry.Identifiers.Contains(new BusinessIdentifier(UniqueId.System, ADeposit.Name(1))));
        (await rig.KeepAsync(ADeposit.Draft())).Receipt.Deliveries.Should().OnlyContain(static line => line.State == DeliveryState.Delivered && line.Code == null);
    }

    [SkippableFact]
    public async Task A_system_that_is_away_is_waited_for_with_growing_pauses()
    {
        rig.Writer.Instead = static (_, _) => Task.FromResult<WriteOutcome?>(new WriteOutcome(null, "UNREACHABLE", false));
        await rig.KeepAsync(ADeposit.Draft() with { Sources = [DepositRig.Legacy] });
        var waits = new List<TimeSpan>();
        for (var tries = 1; tries <= 4; tries++)
        {
            (await rig.DeliverAsync()).Should().BeTrue();
            var line = (await rig.LinesAsync())[DepositRig.Legacy];
            line.Should().BeEquivalentTo(new { State = DeliveryState.Pending, Code = "UNREACHABLE", Attempts = tries });
            waits.Add(line.DueAt!.Value - clock.GetUtcNow());
            (await rig.DeliverAsync()).Should().BeFalse("its time has not come");
            clock.Advance(waits[^1]);
        }

        waits.Should().Equal(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(16));
        rig.Writer.Instead = static (_, _) => Task.FromResult<WriteOutcome?>(null);
        await rig.DeliverAsync();
        (await rig.LinesAsync())[DepositRig.Legacy].State.Should().Be(DeliveryState.Delivered);
    }

    [SkippableFact]
    public async Task A_system_that_is_away_for_one_deposit_is_not_asked_for_the_next_and_holds_up_no_other()
    {
        for (var number = 1; number <= 3; number++)
            await rig.KeepAsync(ADeposit.Draft(number));
        rig.Writer.Instead = static (source, _) => Task.FromResult(source.Id == DepositRig.Legacy ? new WriteOutcome(null, "DEADLINE", false) : null);

        await rig.DeliverAsync();

        rig.Writer.Asked.Count(static asked => asked.SourceId == DepositRig.Legacy).Should().Be(1);
        rig.Writer.Held.Should().HaveCount(3);
    }

    [SkippableFact]
    public async Task What_a_system_refused_is_seen_by_who_runs_it_and_can_be_tried_again()
    {
        var region = AnActor.Of(ActorRole.RegionOperator) with { Region = "essai" };
        rig.Writer.Instead = static (_, _) => Task.FromResult<WriteOutcome?>(new WriteOutcome(null, "BAD_DATA", true));
        await rig.KeepAsync(ADeposit.Draft());
        await rig.DeliverAsync();

        var page = (await rig.ListAsync(region)).Value!;
        var line = page.Lines.Should().ContainSingle("the laboratory is of another region").Which;
        line.Should().BeEquivalentTo(new { SourceId = DepositRig.Legacy, State = DeliveryState.Refused, Code = "BAD_DATA", Attempts = 1 });
        (await rig.ListAsync(AnActor.Of(ActorRole.Dpo))).Value!.Lines.Should().HaveCount(2);
        (await rig.ListAsync(AnActor.Doctor())).Fault!.Rule.Should().Be(AccessRules.NoSteward);
        (await rig.RetryAsync(AnActor.Of(ActorRole.Dpo), line.Id)).Fault!.Rule.Should().Be(AccessRules.DpoChangesNoSource);
        var foreign = (await rig.ListAsync(AnActor.Of(ActorRole.NationalOperator), DepositRig.Laboratory)).Value!.Lines[0].Id;
        (await rig.RetryAsync(region, foreign)).Fault!.Code.Should().Be("NOT_FOUND");
        (await rig.DeliverAsync()).Should().BeFalse("what was refused is not tried again by itself");

        rig.Writer.Instead = static (_, _) => Task.FromResult<WriteOutcome?>(null);
        (await rig.RetryAsync(region, line.Id)).Value!.State.Should().Be(DeliveryState.Pending);
        await rig.DeliverAsync();

        (await rig.LinesAsync())[DepositRig.Legacy].State.Should().Be(DeliveryState.Delivered);
        (await rig.RetryAsync(region, line.Id)).Fault!.Should().BeEquivalentTo(new { Code = "CONFLICT", Rule = "NOT_WAITING" });
    }

    [SkippableFact]
    public async Task Nothing_is_written_into_the_record_of_somebody_else_filed_under_the_patient_s_number()
    {
        NamePatients();
        rig.Filed.Persons = static _ => [APatient.Number(3).Traits with { Keys = APatient.Known().Traits.Keys }];
        await rig.KeepAsync(ADeposit.Draft() with { Sources = [DepositRig.Legacy] });

        await rig.DeliverAsync();

        rig.Writer.Asked.Should().BeEmpty();
        (await rig.LinesAsync())[DepositRig.Legacy].Should().BeEquivalentTo(new { State = DeliveryState.Refused, Code = SourceReason.TraitsMismatch });
    }

    [SkippableFact]
    public async Task Whom_a_system_cannot_name_now_is_waited_for_and_one_it_names_rightly_is_written_to()
    {
        NamePatients();
        rig.Filed.Outage = "DEADLINE";
        await rig.KeepAsync(ADeposit.Draft() with { Sources = [DepositRig.Legacy] });
        await rig.DeliverAsync();
        rig.Writer.Asked.Should().BeEmpty();
        (await rig.LinesAsync())[DepositRig.Legacy].Should().BeEquivalentTo(new { State = DeliveryState.Pending, Code = "DEADLINE" });

        rig.Filed.Outage = null;
        rig.Filed.Persons = static _ => [APatient.Known().Traits];
        clock.Advance(TimeSpan.FromMinutes(1));
        await rig.DeliverAsync();
        (await rig.LinesAsync())[DepositRig.Legacy].State.Should().Be(DeliveryState.Delivered);
    }

    [SkippableFact]
    public async Task Without_certified_traits_nothing_is_compared_and_nothing_written()
    {
        NamePatients();
        await rig.KeepAsync(ADeposit.Draft() with { Sources = [DepositRig.Legacy] });
        rig.Identities.Instead = static (_, _) => Task.FromResult(CertifiedIdentity.Unavailable);
        await rig.DeliverAsync();
        (await rig.LinesAsync())[DepositRig.Legacy].Should().BeEquivalentTo(new { State = DeliveryState.Pending, Code = KeyReason.IdentityUnavailable });

        rig.Identities.Instead = static (_, _) => Task.FromResult(CertifiedIdentity.Unknown);
        clock.Advance(TimeSpan.FromMinutes(1));
        await rig.DeliverAsync();
        (await rig.LinesAsync())[DepositRig.Legacy].Should().BeEquivalentTo(new { State = DeliveryState.Refused, Code = KeyReason.IdentityUnknown });
        rig.Writer.Asked.Should().BeEmpty();
    }

    /// <summary>The systems say whom they file under a key.</summary>
    private void NamePatients() => rig.Sources =
        [.. rig.Sources.Select(static source => source with { Capabilities = source.Capabilities.Add(nameof(IIdentityLookup)) })];

    [SkippableFact]
    public async Task A_node_that_ended_between_the_write_and_its_note_leaves_one_fact_thanks_to_the_key()
    {
        await rig.KeepAsync(ADeposit.Draft() with { Sources = [DepositRig.Legacy] });
        var claimed = (await node.Deliveries.ClaimAsync(10, clock.GetUtcNow() + rig.Options.ClaimFor, default)).Should().ContainSingle().Which;
        await rig.Writer.WriteAsync(
            rig.Sources[1], DossierEntry.FromJson(claimed.Resource, new EntryContext(claimed.Patient, claimed.UniqueId)), claimed.UniqueId, default);
        using var other = new DepositRig(host.Open(clock), clock) { Writer = rig.Writer };

        (await other.DeliverAsync()).Should().BeFalse("the line is another node's while its claim lasts");
        clock.Advance(rig.Options.ClaimFor);
        (await other.DeliverAsync()).Should().BeTrue();

        rig.Writer.Held.Should().ContainSingle();
        (await rig.LinesAsync())[DepositRig.Legacy].State.Should().Be(DeliveryState.Delivered);
        (await node.Deliveries.NoteAsync(
            claimed, new DeliveryNote(DeliveryState.Refused, "LATE", null, 1, clock.GetUtcNow()), default)).Should().BeFalse("its claim was lost");
    }

    [SkippableFact]
    public async Task Two_nodes_never_deliver_the_same_line_at_once()
    {
        for (var number = 1; number <= 40; number++)
            await rig.KeepAsync(ADeposit.Draft(number));
        using var other = new DepositRig(host.Open(clock), clock) { Writer = rig.Writer };
        (rig.Options.LinesAtOnce, other.Options.LinesAtOnce) = (7, 5);

        await Task.WhenAll(AllAsync(rig), AllAsync(other));

        rig.Writer.Asked.Should().HaveCount(80);
        rig.Writer.Held.Should().HaveCount(80);

        static async Task AllAsync(DepositRig rig)
        {
            while (await rig.DeliverAsync())
            {
            }
        }
    }

    [SkippableFact]
    public async Task A_node_that_is_stopped_while_it_writes_leaves_the_line_to_whoever_comes_next()
    {
        using var stop = new CancellationTokenSource();
        rig.Writer.Instead = async (_, token) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
            return null;
        };
        await rig.KeepAsync(ADeposit.Draft() with { Sources = [DepositRig.Legacy] });

        await ((Func<Task>)(() => rig.DeliverAsync(stop.Token))).Should().ThrowAsync<OperationCanceledException>();
        rig.Writer.Instead = static (_, _) => Task.FromResult<WriteOutcome?>(null);
        await rig.DeliverAsync();

        (await rig.LinesAsync())[DepositRig.Legacy].State.Should().Be(DeliveryState.Delivered);
    }

    [SkippableFact]
    public async Task What_waits_survives_the_worker_and_a_new_one_goes_on()
    {
        rig.Writer.Instead = static (_, _) => Task.FromResult<WriteOutcome?>(new WriteOutcome(null, "UNREACHABLE", false));
        await rig.KeepAsync(ADeposit.Draft() with { Sources = [DepositRig.Legacy] });
        using (var worker = Worker(rig))
        {
            await worker.StartAsync(default);
            await UntilAsync(() => !rig.Writer.Asked.IsEmpty);
            await worker.StopAsync(default);
        }
        rig.Writer.Instead = static (_, _) => Task.FromResult<WriteOutcome?>(null);
        clock.Advance(TimeSpan.FromMinutes(1));
        using var restarted = new DepositRig(host.Open(clock), clock) { Writer = rig.Writer };
        using var next = Worker(restarted);

        await next.StartAsync(default);
        await UntilAsync(() => rig.Writer.Held.Count == 1);
        // Another deposit wakes it: the clock stands still.
        await restarted.KeepAsync(ADeposit.Draft(2) with { Sources = [DepositRig.Legacy] });
        await UntilAsync(() => rig.Writer.Held.Count == 2);
        await next.StopAsync(default);
    }

    [SkippableFact]
    public async Task A_refusal_that_came_while_a_deposit_waited_holds()
    {
        await rig.KeepAsync(ADeposit.Draft(1));
        await node.ApplyAsync(new PolicyChange.Record(AChange.Consent(ConsentAction.Feeding, ConsentChoice.Deny, Grantee.Everyone, null, DepositRig.Legacy)));

        await rig.DeliverAsync();

        rig.Writer.Asked.Select(static asked => asked.SourceId).Should().Equal(DepositRig.Laboratory);
        (await rig.LinesAsync())[DepositRig.Legacy].Should().BeEquivalentTo(new { State = DeliveryState.Refused, Code = "CONSENT_REQUIRED" });
    }

    [SkippableFact]
    public async Task What_was_replaced_before_it_was_delivered_is_not_delivered_nor_tried_again()
    {
        await rig.KeepAsync(ADeposit.Draft(1) with { Sources = [DepositRig.Legacy] });
        await rig.KeepAsync(ADeposit.Draft(2) with { Sources = [DepositRig.Laboratory], Replaces = ADeposit.Name(1) });

        await rig.DeliverAsync();

        rig.Writer.Asked.Should().ContainSingle().Which.Key.Should().Be(ADeposit.Name(2));
        var line = (await rig.LinesAsync())[DepositRig.Legacy];
        line.Code.Should().Be(DeliveryCodes.Replaced);
        (await rig.RetryAsync(AnActor.Of(ActorRole.NationalOperator), line.Id)).Fault!.Rule.Should().Be("NOT_WAITING");
    }

    [SkippableFact]
    public async Task While_nobody_can_say_who_the_patient_is_to_a_system_the_deposit_waits()
    {
        rig.Sources = [.. rig.Sources.Select(static source => source.Id == DepositRig.Legacy ? source.Understanding(PatientKeySystems.InsC) : source)];
        rig.Identities.Instead = static (_, _) => Task.FromResult(CertifiedIdentity.Unavailable);
        await rig.KeepAsync(ADeposit.Draft() with { Sources = [DepositRig.Legacy] });

        await rig.DeliverAsync();
        (await rig.LinesAsync())[DepositRig.Legacy].Should().BeEquivalentTo(new { State = DeliveryState.Pending, Code = KeyReason.IdentityUnavailable });
        rig.Identities.Instead = null;
        clock.Advance(TimeSpan.FromMinutes(1));
        await rig.DeliverAsync();

        (await rig.LinesAsync())[DepositRig.Legacy].State.Should().Be(DeliveryState.Delivered);
    }

    [SkippableFact]
    public async Task A_document_is_delivered_with_its_content_inside()
    {
        await rig.KeepAsync(ADeposit.Draft() with
        {
            Resource = Encoding.UTF8.GetBytes(ADeposit.Report),
            Content = new DepositContent("application/pdf", "%PDF-1.4 essai"u8.ToArray()),
            Sources = [DepositRig.Legacy],
        });

        await rig.DeliverAsync();

        using var delivered = JsonDocument.Parse(rig.Writer.Held.Single().Resource);
        var attachment = delivered.RootElement.GetProperty("content")[0].GetProperty("attachment");
        attachment.GetProperty("data").GetBytesFromBase64().Should().Equal("%PDF-1.4 essai"u8.ToArray());
        attachment.GetProperty("title").GetString().Should().Be("Compte rendu");
        Encoding.UTF8.GetString((await rig.ReadAsync())[0].Resource.Span).Should().NotContain("\"data\"", "an answer is no place for contents");
    }

    private static DeliveryWorker Worker(DepositRig rig) =>
        new(rig.Round(), rig.Signal, Options.Create(rig.Options), NullLogger<DeliveryWorker>.Instance);

    private static async Task UntilAsync(Func<bool> reached)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!reached())
            await Task.Delay(20, patience.Token);
    }
}
