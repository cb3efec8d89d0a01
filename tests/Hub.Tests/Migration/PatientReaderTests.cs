using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Connectors.Calls;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Identity;
using DmpFederation.Hub.Migration.Reading;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using DmpFederation.TestKit.Migration;
using FluentAssertions;
using Microsoft.Extensions.Options;
using Xunit;

namespace DmpFederation.Hub.Tests.Migration;

/// <summary>What is a copy of a patient and what is none: a reading cut short must never look like a patient with fewer facts.</summary>
public sealed class PatientReaderTests
{
    private static readonly PatientKey Patient = APatient.Known().Ins.Key;
    private static readonly DossierEntry Lab = AnEntry.HbA1c();
    private static readonly DossierEntry Drug = AnEntry.Dispensation();

    private static readonly MigrationPlan TwoGroups = MigrationRig.WholePlan() with
    {
        Groups =
        [
            new CategoryGroup("labs", new HashSet<EntryCategory> { EntryCategory.LabResult }),
            new CategoryGroup("others", Enum.GetValues<EntryCategory>().Except([EntryCategory.LabResult]).ToHashSet()),
        ],
    };

    private readonly FakeSourceReader reader = new();
    private readonly Source source = ASource.Named("north");

    [Fact]
    public async Task All_a_source_says_of_a_patient_is_the_copy_cut_by_group()
    {
        reader.Behave("north", call => Task.FromResult(call.Outcome(SourceStatus.Answered, null, Lab, Drug) with
        {
            Found = [new PatientFound(Patient, APatient.Known().Traits)],
            AsOf = DateTimeOffset.UnixEpoch,
        }));

        var copies = (await ReadAsync(TwoGroups)).Should().BeOfType<PatientReading.Whole>().Which.Copies;

        copies["labs"].Entries.Should().Equal(Lab);
        copies["others"].Entries.Should().Equal(Drug);
        copies.Values.Should().OnlyContain(static copy => copy.Found.Count == 1 && copy.AsOf == DateTimeOffset.UnixEpoch);
    }

    [Theory]
    [InlineData(SourceStatus.Partial, "DEADLINE")]
    [InlineData(SourceStatus.Partial, "BAD_ANSWER")]
    [InlineData(SourceStatus.Partial, "TOO_LARGE")]
    [InlineData(SourceStatus.TimedOut, "DEADLINE")]
    [InlineData(SourceStatus.Failed, "ERROR_STATUS")]
    internal async Task A_reading_that_broke_is_no_copy(SourceStatus status, string reason)
    {
        reader.Behave("north", call => Task.FromResult(call.Outcome(status, reason, Lab)));

        (await ReadAsync()).Should().Be(new PatientReading.Broken(reason, IsOutage: false));
    }

    [Theory]
    [InlineData(SourceStatus.CircuitOpen, "CIRCUIT_OPEN")]
    [InlineData(SourceStatus.NotAsked, "DISABLED")]
    [InlineData(SourceStatus.Quarantined, "WRONG_PATIENT")]
    [InlineData(SourceStatus.TimedOut, "BUSY")]
    internal async Task What_broke_without_contact_is_not_the_patients_fault(SourceStatus status, string reason)
    {
        reader.Behave("north", call => Task.FromResult(call.Outcome(status, reason)));

        (await ReadAsync()).Should().Be(new PatientReading.Broken(reason, IsOutage: true));
    }

    [Fact]
    public async Task What_broke_while_the_source_answers_nobody_is_not_the_patients_fault()
    {
        source.Health.Set(SourceState.Unreachable, "UNREACHABLE");
        reader.Behave("north", call => Task.FromResult(call.Outcome(SourceStatus.Failed, "UNREACHABLE")));

        (await ReadAsync()).Should().Be(new PatientReading.Broken("UNREACHABLE", IsOutage: true));
    }

    [Fact]
    public async Task A_gap_the_source_states_is_part_of_what_it_says()
    {
        reader.Behave("north", call => Task.FromResult(call.Outcome(SourceStatus.Partial, "PAGE_FAILED", Lab) with { Gap = "PAGE_FAILED" }));
        var all = (await ReadAsync()).Should().BeOfType<PatientReading.Whole>().Which;
        (all.HasGaps, all.Copies["all"].Gaps.Single()).Should().Be((true, "PAGE_FAILED"));

        reader.Behave("north", call => Task.FromResult(call.Outcome(SourceStatus.Partial, "PATIENT_AMBIGUOUS", Lab) with
        {
            Gaps = [new ReadGap("PATIENT_AMBIGUOUS", Patient)],
        }));
        (await ReadAsync()).Should().BeOfType<PatientReading.Whole>().Which.Copies["all"].Gaps.Should().Equal("PATIENT_AMBIGUOUS");
    }

    [Fact]
    public async Task Whom_the_source_does_not_know_is_copied_as_unknown()
    {
        reader.Behave("north", call => Task.FromResult(call.Outcome(SourceStatus.Answered, null) with { UnknownPatients = [Patient] }));

        (await ReadAsync()).Should().BeOfType<PatientReading.Whole>().Which.Copies["all"].IsUnknown.Should().BeTrue();
    }

    [Fact]
    public async Task One_local_id_for_two_facts_is_no_copy_and_for_the_same_fact_twice_one_fact()
    {
        reader.Behave("north", Behaviour.Answers(Lab, AnEntry.Dispensation().Named(Lab.LocalId)));
        (await ReadAsync()).Should().Be(new PatientReading.Broken(PatientReader.TwoFacts, IsOutage: false));

        reader.Behave("north", Behaviour.Answers(Lab, Lab));
        (await ReadAsync()).Should().BeOfType<PatientReading.Whole>().Which.Copies["all"].Entries.Should().Equal(Lab);
    }

    [Fact]
    public async Task A_source_that_matches_by_traits_is_asked_with_the_certified_ones()
    {
        reader.Behave("north", Behaviour.Answers(Lab));

        await ReadAsync(asked: source with { MatchesByTraits = true });

        var asked = reader.Calls.Single().Request.Patients.Should().ContainSingle().Subject;
        (asked.Key, asked.CertifiedTraits?.BirthName).Should().Be((Patient, APatient.Known().Traits.BirthName));
    }

    [Fact]
    public async Task Without_the_certified_traits_such_a_source_is_not_asked()
    {
        var known = new FakeCertifiedIdentities { Instead = static (_, _) => Task.FromResult(CertifiedIdentity.Unavailable) };

        (await ReadAsync(asked: source with { MatchesByTraits = true }, identities: known))
            .Should().Be(new PatientReading.Broken(KeyReason.IdentityUnavailable, IsOutage: true));
        reader.Calls.Should().BeEmpty();
    }

    [Fact]
    public async Task The_migration_waits_longer_than_a_reader_and_asks_for_everything()
    {
        reader.Behave("north", Behaviour.Answers(Lab));

        await ReadAsync();

        var call = reader.Calls.Single();
        (call.Deadline, call.Source.Budget.Timeout).Should().Be((TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30)));
        (call.Request.Categories.Count, call.Request.From, call.Request.To).Should().Be((0, null, null));
    }

    private Task<PatientReading> ReadAsync(MigrationPlan? plan = null, Source? asked = null, ICertifiedIdentities? identities = null)
    {
        var registry = new FixedRegistry([source]);
        var call = new CapabilityCall(
            new SourceGate(registry),
            new ConnectorCall(TimeProvider.System, BlockedThreads.OfProcess, new RecordingLogger<ConnectorCall>()),
            TimeProvider.System);
        var patients = new PatientReader(
            reader,
            new SourceHoldings(call),
            identities ?? new FakeCertifiedIdentities(APatient.Known()),
            Options.Create(new DmpFederation.Hub.Migration.MigrationOptions()));
        return patients.ReadAsync(asked ?? source, Patient, plan ?? MigrationRig.WholePlan(), null, default);
    }
}
