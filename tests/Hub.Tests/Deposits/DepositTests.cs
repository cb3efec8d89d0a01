using System.Text;
using System.Text.Json;
using DmpFederation.Hub.Access;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Deposits;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Tests.National;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Deposits;

public sealed class SqliteDepositTests() : DepositTests(new SqliteNationalHost());

public sealed class PostgreSqlDepositTests() : DepositTests(new PostgreSqlNationalHost());

/// <summary>What becomes of a deposit, on real engines.</summary>
public abstract class DepositTests : IAsyncLifetime
{
    private readonly NationalHost host;
    private readonly TestClock clock = new();
    private readonly NationalNode node;
    private readonly DepositRig rig;

    protected DepositTests(NationalHost host)
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
    public async Task What_was_deposited_is_given_with_its_digits_its_name_and_the_time_of_its_keeping()
    {
        var kept = await rig.KeepAsync(ADeposit.Draft());

        var entry = (await rig.ReadAsync()).Should().ContainSingle().Which;
        entry.Category.Should().Be(EntryCategory.LabResult);
        entry.FiledUnder.Should().Be(APatient.Known().Ins.Key);
        entry.Identifiers.Should().Contain(new BusinessIdentifier(UniqueId.System, ADeposit.Name(1)));
        entry.Recorded.Should().Be(clock.GetUtcNow());
        Encoding.UTF8.GetString(entry.Resource.Span).Should().Contain("\"value\":7.20");
        kept.EntryId.Should().Be(EntryId.Of(DepositRig.Record, entry.LocalId));
        kept.Receipt.Should().BeEquivalentTo(new
        {
            UniqueId = ADeposit.Name(1),
            ReceivedAt = clock.GetUtcNow(),
            Deliveries = new[]
            {
                new DeliveryStatus(DepositRig.Laboratory, DeliveryState.Pending, null), new DeliveryStatus(DepositRig.Legacy, DeliveryState.Pending, null),
            },
        });
    }

    [SkippableFact]
    public async Task The_same_deposit_again_gives_the_same_receipt_whoever_writes_its_properties_in_another_order()
    {
        var first = await rig.KeepAsync(ADeposit.Draft());
        clock.Advance(TimeSpan.FromDays(3));
        using var parsed = JsonDocument.Parse(ADeposit.Hba1c());
        var reordered = $"{{{string.Join(',', parsed.RootElement.EnumerateObject().Reverse().Select(static one => $"\"{one.Name}\":{one.Value.GetRawText()}"))}}}";

        var again = await rig.KeepAsync(ADeposit.Draft() with { Resource = Encoding.UTF8.GetBytes(reordered) });

        again.Receipt.Should().BeEquivalentTo(first.Receipt);
        (await rig.ReadAsync()).Should().ContainSingle();
        (await rig.LinesAsync()).Should().HaveCount(2);
    }

    [SkippableFact]
    public async Task Another_content_or_another_patient_under_the_same_name_is_a_conflict_that_tells_nothing()
    {
        await node.ApplyAsync(AChange.Opening(), 2);
        await rig.KeepAsync(ADeposit.Draft());

        var content = await rig.RefuseAsync(ADeposit.Draft(value: "7.2"));
        var labels = await rig.RefuseAsync(ADeposit.Draft(confidentiality: "MASQUE_PS"));
        var patient = await rig.RefuseAsync(ADeposit.Draft(), patient: APatient.Number(2).Ins);

        new[] { content, labels, patient }.Distinct().Should().ContainSingle().Which.Should().BeEquivalentTo(new { Code = "CONFLICT", Rule = "UNIQUE_ID_USED" });
        (await rig.ReadAsync(APatient.Number(2).Ins.Key)).Should().BeEmpty();
        Encoding.UTF8.GetString((await rig.ReadAsync())[0].Resource.Span).Should().Contain("7.20");
    }

    [SkippableFact]
    public async Task A_deposit_is_read_by_every_identifier_that_is_linked_when_it_is_read()
    {
        await rig.KeepAsync(ADeposit.Draft() with { Resource = Encoding.UTF8.GetBytes(ADeposit.Hba1c(subject: APatient.Known().Ins.ToWire())) });

        var underInsC = (await rig.ReadAsync(APatient.Known().InsC.Key)).Should().ContainSingle().Which;
        underInsC.FiledUnder.Should().Be(APatient.Known().InsC.Key);
        underInsC.Subject.Should().BeNull("it names the INS it was made under, and the guard around a source compares it with the one asked for");
        (await node.Links.UnlinkAsync(APatient.Known().InsC.Key, "steward-1", "WRONG", default)).Should().BeTrue();

        (await rig.ReadAsync(APatient.Known().InsC.Key)).Should().BeEmpty();
        (await rig.ReadAsync()).Should().ContainSingle();
    }

    [SkippableFact]
    public async Task A_replaced_deposit_is_no_longer_given_and_is_replaced_once()
    {
        await rig.KeepAsync(ADeposit.Draft(1));
        await rig.KeepAsync(ADeposit.Draft(2, "7.40") with { Replaces = ADeposit.Name(1) });

        (await rig.ReadAsync()).Should().ContainSingle().Which.LocalId.Should().Be(ADeposit.Name(2));
        (await rig.RefuseAsync(ADeposit.Draft(3, "7.60") with { Replaces = ADeposit.Name(1) })).Should().BeEquivalentTo(
            new { Code = "CONFLICT", Rule = "REPLACED_ALREADY" });
        (await rig.ReadAsync()).Should().ContainSingle("what could not replace was not kept").Which.LocalId.Should().Be(ADeposit.Name(2));
        (await rig.KeepAsync(ADeposit.Draft(1))).Receipt.Deliveries.Should().OnlyContain(static line =>
            line.State == DeliveryState.Refused && line.Code == DeliveryCodes.Replaced);
    }

    [SkippableFact]
    public async Task What_another_structure_deposited_cannot_be_replaced_and_is_as_if_there_were_none()
    {
        await rig.KeepAsync(ADeposit.Draft(1));
        var stranger = AnActor.Doctor() with { Id = "810100997245", OrganizationId = "1750712184" };
        var colleague = AnActor.Doctor() with { Id = "810100997245" };

        var foreign = await rig.RefuseAsync(ADeposit.Draft(2) with { Replaces = ADeposit.Name(1) }, stranger);
        var unknown = await rig.RefuseAsync(ADeposit.Draft(2) with { Replaces = ADeposit.Name(99) }, stranger);

        foreign.Should().Be(unknown).And.BeEquivalentTo(new { Code = "NOT_FOUND", Rule = "REPLACES_UNKNOWN" });
        await rig.KeepAsync(ADeposit.Draft(2) with { Replaces = ADeposit.Name(1) }, colleague);
    }

    [SkippableFact]
    public async Task A_content_is_opened_by_the_patient_it_is_of_alone()
    {
        var draft = ADeposit.Draft() with
        {
            Resource = Encoding.UTF8.GetBytes(ADeposit.Report),
            Content = new DepositContent("application/pdf", "%PDF-1.4 essai"u8.ToArray()),
        };
        await rig.KeepAsync(draft);

        (await node.Deposits.OpenContentAsync(APatient.Known().InsC.Key, ADeposit.Name(1), default))!.Bytes.ToArray()
            .Should().Equal("%PDF-1.4 essai"u8.ToArray());
        (await node.Deposits.OpenContentAsync(APatient.Number(2).Ins.Key, ADeposit.Name(1), default)).Should().BeNull();
        (await rig.RefuseAsync(draft with { Content = draft.Content with { ContentType = "text/plain" } })).Rule.Should().Be("UNIQUE_ID_USED");
    }

    [SkippableFact]
    public async Task Ten_years_after_the_closing_a_persons_deposits_are_destroyed_with_the_rest()
    {
        await node.ApplyAsync(AChange.Opening(), 2);
        await rig.KeepAsync(ADeposit.Draft(1) with
        {
            Resource = Encoding.UTF8.GetBytes(ADeposit.Report),
            Content = new DepositContent("text/plain", "essai"u8.ToArray()),
        });
        await rig.KeepAsync(ADeposit.Draft(2), patient: APatient.Number(2).Ins);
        await node.ApplyAsync(new PolicyChange.Close("moves abroad"));
        clock.Advance(TimeSpan.FromDays(3_654));

        (await node.Closed.DestroyAsync(TimeSpan.FromDays(3_653), default)).Should().Be(1);

        (await rig.ReadAsync()).Should().BeEmpty();
        (await rig.ReadAsync(APatient.Number(2).Ins.Key)).Should().ContainSingle();
        (await node.Deliveries.ListAsync(null, null, 10, null, default)).Should().HaveCount(2, "the lines of the other person");
    }

    [SkippableFact]
    public async Task A_patient_who_is_linked_is_known_without_any_deposit_and_a_stranger_is_not()
    {
        var read = await node.Deposits.ReadAsync([APatient.Known().InsC.Key, APatient.Number(3).Ins.Key], default);

        read.Select(static one => (one.IsKnown, one.Deposits.Count)).Should().Equal((true, 0), (false, 0));
    }

    [SkippableFact]
    public async Task No_receipt_is_given_while_the_audit_cannot_be_written()
    {
        rig.Trail.Fault = "DISK_FULL";

        await ((Func<Task>)(() => rig.SendAsync(ADeposit.Draft()))).Should().ThrowAsync<AuditUnavailableException>();

        (await rig.ReadAsync()).Should().BeEmpty();
    }

    [SkippableFact]
    public async Task The_line_of_a_deposit_says_who_which_fact_and_where_it_goes()
    {
        var kept = await rig.KeepAsync(ADeposit.Draft(confidentiality: "INVISIBLE_PATIENT"));

        var line = rig.Trail.Records.Should().ContainSingle().Which;
        line.Should().BeEquivalentTo(new
        {
            Action = AuditAction.Deposited,
            Outcome = AuditOutcome.Served,
            Rule = AccessRules.FeedingNotOpposed,
            Patient = APatient.Known().Ins,
            Detail = "INVISIBLE_PATIENT",
        });
        AuditedEntries.Print(line.Entries.Ids).Should().Equal(kept.EntryId);
        line.Sources.Select(static source => (source.SourceId, source.Status)).Should().Equal(
            (DepositRig.Record, "DELIVERED"), (DepositRig.Laboratory, "PENDING"), (DepositRig.Legacy, "PENDING"));
    }

    [SkippableFact]
    public async Task A_dossier_that_is_not_open_and_a_refusal_of_feeding_take_nothing()
    {
        var unopened = await rig.RefuseAsync(ADeposit.Draft(), patient: APatient.Number(3).Ins);
        await node.ApplyAsync(new PolicyChange.Record(AChange.Consent(ConsentAction.Feeding, ConsentChoice.Deny, Grantee.Everyone, null, DepositRig.Record)));
        var refused = await rig.RefuseAsync(ADeposit.Draft());
        await node.ApplyAsync(new PolicyChange.Close("moves abroad"));
        var closed = await rig.RefuseAsync(ADeposit.Draft());

        unopened.Should().BeEquivalentTo(new { Code = "DOSSIER_NOT_OPEN", Rule = AccessRules.DossierNeverOpened });
        refused.Should().BeEquivalentTo(new { Code = "CONSENT_REQUIRED", Rule = AccessRules.ConsentRefused });
        closed.Should().BeEquivalentTo(new { Code = "DOSSIER_NOT_OPEN", Rule = AccessRules.DossierClosed });
        (await rig.ReadAsync()).Should().BeEmpty();
        rig.Trail.Records.Should().HaveCount(3).And.OnlyContain(static line => line.Outcome == AuditOutcome.Refused);
    }

    [SkippableFact]
    public async Task A_blocked_professional_may_feed_and_a_patient_an_operator_or_a_structure_may_not()
    {
        var doctor = AnActor.Doctor();
        await node.ApplyAsync(new PolicyChange.Block(doctor.Id, true));

        await rig.KeepAsync(ADeposit.Draft());

        (await rig.RefuseAsync(ADeposit.Draft(2), AnActor.Patient(APatient.Known().Ins))).Rule.Should().Be(AccessRules.PatientFeedsOtherwise);
        (await rig.RefuseAsync(ADeposit.Draft(2), AnActor.Of(ActorRole.NationalOperator))).Rule.Should().Be(AccessRules.NationalOperatorNeverADossier);
        (await rig.RefuseAsync(ADeposit.Draft(2), doctor with { Authentication = Authentication.Indirect })).Rule
            .Should().Be(AccessRules.IndirectChangesNothing);
        (await rig.RefuseAsync(ADeposit.Draft(2), doctor with { Profession = null })).Rule.Should().Be(AccessRules.ProfessionalWithoutSituation);
    }

    [SkippableFact]
    public async Task A_system_the_patient_refuses_to_have_fed_gets_nothing_and_is_refused_when_named()
    {
        await node.ApplyAsync(new PolicyChange.Record(AChange.Consent(ConsentAction.Feeding, ConsentChoice.Deny, Grantee.Everyone, null, DepositRig.Legacy)));

        (await rig.KeepAsync(ADeposit.Draft(1))).Receipt.Deliveries.Select(static line => line.SourceId).Should().Equal(DepositRig.Laboratory);
        (await rig.KeepAsync(ADeposit.Draft(2) with { Sources = [] })).Receipt.Deliveries.Should().BeEmpty();
        (await rig.RefuseAsync(ADeposit.Draft(3) with { Sources = [DepositRig.Laboratory, DepositRig.Legacy] }))
            .Should().BeEquivalentTo(new { Code = "CONSENT_REQUIRED", Rule = AccessRules.ConsentRefused });
        (await rig.ReadAsync()).Should().HaveCount(2);
    }
}
