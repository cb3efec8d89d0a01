using DmpFederation.Hub.Access;
using DmpFederation.Hub.Access.Traces;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Identity;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using FluentAssertions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace DmpFederation.Hub.Tests.Access;

public sealed class AccessLogDecisionTests
{
    private static readonly TestPatient Patient = APatient.Known();

    [Theory]
    [InlineData(ActorRole.Dpo, true, "ACC-141")]
    [InlineData(ActorRole.Professional, false, "ACC-142")]
    [InlineData(ActorRole.Analyst, false, "ACC-142")]
    [InlineData(ActorRole.RegionOperator, false, "ACC-142")]
    [InlineData(ActorRole.NationalOperator, false, "ACC-142")]
    [InlineData((ActorRole)99, false, "ACC-142")]
    internal void Traces_are_for_the_data_protection_officer_and_nobody_else_but_the_patient(ActorRole role, bool allowed, string rule) =>
        AccessLogDecision.Decide(AnActor.Of(role), Patient.Ins, Patient.Traits.Keys, isMinor: true).Should().Be(new AccessLogDecision(allowed, rule));

    [Fact]
    public void A_patient_reads_the_own_traces_under_every_certified_identifier_and_no_others()
    {
        var patient = AnActor.Patient(Patient.Ins);
        Decide(patient, Patient.Ins).Should().Be(new AccessLogDecision(true, "ACC-140"));
        Decide(patient, Patient.InsC).Should().Be(new AccessLogDecision(true, "ACC-140"));
        Decide(patient, APatient.Number(2).Ins).Should().Be(new AccessLogDecision(false, "ACC-111"));
        Decide(patient with { PatientIns = null }, Patient.Ins).Should().Be(new AccessLogDecision(false, "ACC-113"));
    }

    [Fact]
    public void A_representative_reads_a_minors_traces_without_what_is_a_secret_from_them()
    {
        var representative = AnActor.Patient(Patient.Ins) with { Representative = "parent-1" };
        Decide(representative, Patient.Ins).Should().Be(new AccessLogDecision(false, "ACC-114"));
        AccessLogDecision.Decide(representative, Patient.Ins, [], isMinor: true).Should().Be(new AccessLogDecision(true, "ACC-140"));
    }

    [Fact]
    public async Task The_handler_asks_under_every_identifier_and_hides_from_representatives()
    {
        var reader = new AskedReader();
        var handler = new ReadAccessLogHandler(reader, new FakeCertifiedIdentities(Patient));
        var request = new ReadAccessLog(AnActor.Patient(Patient.Ins) with { Representative = "parent-1" }, Patient.Ins, 10, null);
        request.Permission.Make(new AccessLogDecision(true, "ACC-140"));
        var page = (AccessLogResult.Page)await handler.Handle(request, default);

        reader.Keys.Should().BeEquivalentTo([Patient.Ins.Key, Patient.InsC.Key]);
        (reader.Reader, page.Reader).Should().Be((LogReader.Representative, LogReader.Representative));
        request.Records(page).Should().ContainSingle().Which.Should().Match<AuditRecord>(
            record => record.Action == AuditAction.AccessLogRead && record.Patient == Patient.Ins);
    }

    [Fact]
    public async Task Without_a_decision_nothing_is_read()
    {
        var handler = new ReadAccessLogHandler(new AskedReader(), new FakeCertifiedIdentities(Patient));
        await FluentActions.Awaiting(() => handler.Handle(new ReadAccessLog(AnActor.Of(ActorRole.Dpo), Patient.Ins, 10, null), default))
            .Should().ThrowAsync<InvalidOperationException>();
    }

    [Fact]
    public async Task A_child_who_has_come_of_age_is_represented_no_more()
    {
        var identities = new FakeCertifiedIdentities(Patient);
        var birth = Patient.Traits.BirthDate!.Value.StartUtc;
        foreach (var (years, allowed) in new[] { (17, true), (18, false) })
        {
            var clock = new FakeTimeProvider(birth.AddYears(years));
            var request = new ReadAccessLog(AnActor.Patient(Patient.Ins) with { Representative = "parent-1" }, Patient.Ins, 10, null);
            await new AuthoriseBehaviour<ReadAccessLog, AccessLogResult>(ADecider.Over(new OpenPolicies(), identities, clock)).Handle(
                request, default, static () => Task.FromResult<AccessLogResult>(new AccessLogResult.Refused("unused")));
            request.Permission.Decision.Allowed.Should().Be(allowed);
        }
    }

    private static AccessLogDecision Decide(Actor actor, Ins patient) => AccessLogDecision.Decide(actor, patient, Patient.Traits.Keys, isMinor: false);

    /// <summary>Stands at the border of the store and remembers what was asked.</summary>
    private sealed class AskedReader : IAuditReader
    {
        public IReadOnlyList<PatientKey> Keys { get; private set; } = [];

        public LogReader? Reader { get; private set; }

        public Task<AuditPage> PageAsync(
            IReadOnlyList<PatientKey> patient, LogReader reader, int first, AuditPosition? after, CancellationToken cancellationToken)
        {
            (Keys, Reader) = (patient, reader);
            return Task.FromResult(new AuditPage([], false));
        }

        public IAsyncEnumerable<AuditLine> LinesAsync(
            DateTimeOffset? from, DateTimeOffset? to, IReadOnlyList<PatientKey>? patient, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<DmpFederation.Hub.Audit.Chain.ChainReport> VerifyAsync(
            IReadOnlyList<DmpFederation.Hub.Audit.Chain.ChainAnchor> anchors, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyDictionary<string, long>> RemoveAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
