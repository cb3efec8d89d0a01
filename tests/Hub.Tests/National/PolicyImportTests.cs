using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Access.Policy.Import;
using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.National;

public sealed class SqlitePolicyImportTests() : PolicyImportTests(new SqliteNationalHost());

public sealed class PostgreSqlPolicyImportTests() : PolicyImportTests(new PostgreSqlNationalHost());

/// <summary>Registers taken over in bulk, on real engines.</summary>
public abstract class PolicyImportTests(NationalHost host) : IAsyncLifetime
{
    private readonly NationalNode node = host.Open();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await host.DisposeAsync();

    [SkippableFact]
    public async Task Everything_a_register_says_is_held_afterwards()
    {
        var said = Person(1) with
        {
            AttendingPhysician = AChange.Doctor,
            Consents =
            [
                AChange.Consent(until: AChange.Morning.AddYears(1), sources: ["dp", "lab"]),
                AChange.Consent(ConsentAction.Feeding, ConsentChoice.Deny, Grantee.CareTeam) with { Evidence = null },
            ],
            Blocked = [AChange.OtherDoctor],
            CareTeam = [new CareTeamMember(null, AChange.Hospital, AChange.Morning, AChange.Morning.AddYears(1))],
            OpposesRegulation = true,
            Masks = [AChange.Mask(MaskTargetKind.Source, "dp"), AChange.Mask(visibility: Visibility.InvisiblePatient, reach: ["entry-2"])],
        };

        var imported = (await ImportAsync(said)).Should().ContainSingle().Subject;

        imported.Should().BeEquivalentTo(new { Result = ImportResult.Imported, Reason = (string?)null });
        (await node.FindAsync()).Should().BeEquivalentTo(new PatientPolicy
        {
            Person = imported.Person,
            Epoch = 1,
            State = DossierState.Open,
            StateSince = AChange.Morning,
            Consents = [said.Consents[0] with { Sequence = 1 }, said.Consents[1] with { Sequence = 2 }],
            Blocked = [AChange.OtherDoctor],
            AttendingPhysician = AChange.Doctor,
            CareTeam = said.CareTeam,
            OpposesRegulation = true,
            Masks = [said.Masks[1], said.Masks[0]],
        });
    }

    [SkippableFact]
    public async Task More_persons_than_a_statement_holds_are_imported_once_and_in_their_order()
    {
        RegisteredPerson[] persons = [.. Enumerable.Range(1, 95).Select(static number => Numbered(number))];

        var first = await ImportAsync(persons);
        var second = await ImportAsync(persons);

        first.Should().OnlyContain(static one => one.Result == ImportResult.Imported);
        second.Should().OnlyContain(static one => one.Result == ImportResult.Unchanged);
        second.Select(static one => one.Person).Should().Equal(first.Select(static one => one.Person)).And.OnlyHaveUniqueItems();
        for (var number = 1; number <= 95; number++)
        {
            var policy = await node.Policies.FindAsync(Numbered(number).Keys[0], default);
            (policy.Person, policy.AttendingPhysician, policy.Epoch).Should().Be((first[number - 1].Person, $"8{number}", 1));
        }
    }

    [SkippableFact]
    public async Task A_person_twice_in_one_batch_is_one_person()
    {
        var keys = AChange.Keys();

        var results = await ImportAsync(
            Person(1) with { Keys = [keys[0]], Blocked = [AChange.Doctor] },
            Person(1) with { Keys = [keys[0], keys[1]], Blocked = [AChange.Doctor, AChange.OtherDoctor] },
            Person(1) with { Keys = [keys[1]] });

        results.Select(static one => one.Result).Should().Equal(ImportResult.Imported, ImportResult.Imported, ImportResult.Unchanged);
        results.Select(static one => one.Person).Distinct().Should().ContainSingle();
        (await node.Policies.FindAsync(keys[1], default)).Blocked.Should().Equal(AChange.Doctor, AChange.OtherDoctor);
    }

    [SkippableFact]
    public async Task What_is_held_is_added_to_and_a_contradiction_or_a_later_decision_keeps_the_register_out()
    {
        await ImportAsync(Person(1) with { AttendingPhysician = AChange.Doctor }, Person(2), Person(3));
        await node.ApplyAsync(new PolicyChange.Block(AChange.Doctor, true), person: 2);

        var results = await ImportAsync(
            Person(1) with { OpposesBreakGlass = true },
            Person(1) with { State = DossierState.Closed },
            Person(1) with { AttendingPhysician = AChange.OtherDoctor },
            Person(2) with { OpposesBreakGlass = true },
            Person(3) with { Keys = [AChange.Keys(3)[0], AChange.Keys(1)[0]] });

        results.Select(static one => one.Reason).Should().Equal(
            null, ImportRefusals.StateDiffers, ImportRefusals.AttendingDiffers, ImportRefusals.DecidedSince, ImportRefusals.LinkedToOthers);
        (await node.FindAsync(1)).Should().BeEquivalentTo(
            new { State = DossierState.Open, AttendingPhysician = AChange.Doctor, OpposesBreakGlass = true, Epoch = 2L });
        (await node.FindAsync(2)).OpposesBreakGlass.Should().BeFalse();
    }

    [SkippableFact]
    public async Task Two_imports_of_the_same_register_at_once_make_every_person_once()
    {
        var other = host.Open();
        RegisteredPerson[] persons = [.. Enumerable.Range(1, 60).Select(static number => Numbered(number))];

        var both = await Task.WhenAll(
            Task.Run(() => node.Import.ImportAsync(persons, "one", default)), Task.Run(() => other.Import.ImportAsync(persons, "other", default)));

        both[0].Select(static one => one.Person).Should().Equal(both[1].Select(static one => one.Person));
        both.SelectMany(static results => results).Count(static one => one.Result == ImportResult.Imported).Should().Be(60);
    }

    private Task<IReadOnlyList<ImportedPerson>> ImportAsync(params RegisteredPerson[] persons) => node.Import.ImportAsync(persons, "import", default);

    private static RegisteredPerson Person(int person) => new()
    {
        Keys = AChange.Keys(person),
        State = DossierState.Open,
        StateSince = AChange.Morning,
    };

    private static RegisteredPerson Numbered(int number) => Person(1) with
    {
        Keys = [new PatientKey("urn:oid:1.2.250.1.999.1", $"IPP-{number}"), new PatientKey("urn:oid:1.2.250.1.999.2", $"R-{number}")],
        AttendingPhysician = $"8{number}",
        Consents = [AChange.Consent()],
    };
}
