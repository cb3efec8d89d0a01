using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Identity;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Federation;

public sealed class FanOutTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan HandOver = TimeSpan.FromMilliseconds(50);
    private readonly ManualResetEventSlim release = new();
    private readonly FederationBuilder hub = new();

    public void Dispose()
    {
        release.Set();
        release.Dispose();
    }

    [Fact]
    public async Task Two_sources_answer_and_the_dossier_is_complete()
    {
        var dossier = await hub.With("dp", Behaviour.Answers(AnEntry.Dispensation())).With("picardie", Behaviour.Answers(AnEntry.HbA1c())).AskAsync();

        dossier.Complete.Should().BeTrue();
        dossier.Entries.Should().HaveCount(2);
        dossier.Patient!.BirthName.Should().Be("ESSAI");
        dossier.Sources.Should().Equal(
            new SourceAnswer("dp", SourceStatus.Answered, null, 1, TimeSpan.FromMilliseconds(5), null, Store.Legacy) { IsComplete = true },
            new SourceAnswer("picardie", SourceStatus.Answered, null, 1, TimeSpan.FromMilliseconds(5), null, Store.Legacy) { IsComplete = true });
    }

    [Fact]
    public async Task A_hung_source_is_named_at_the_deadline_and_the_others_are_answered()
    {
        hub.With("dp", Behaviour.Answers(AnEntry.Dispensation())).With("picardie", Behaviour.Hangs());
        var asked = hub.AskAsync();
        await hub.Clock.AtMostTimersAsync(1);

        hub.Clock.Advance(Deadline + HandOver - TimeSpan.FromMilliseconds(1));
        asked.IsCompleted.Should().BeFalse();
        hub.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var dossier = await asked;

        dossier.Complete.Should().BeFalse();
        dossier.Entries.Should().ContainSingle();
        dossier.Sources[0].Status.Should().Be(SourceStatus.Answered);
        dossier.Sources[1].Should()
            .BeEquivalentTo(new { SourceId = "picardie", Status = SourceStatus.TimedOut, Reason = "DEADLINE", IsComplete = false });
        dossier.Sources[1].Elapsed.Should().Be(Deadline + HandOver);
    }

    [Fact]
    public async Task A_source_that_blocks_its_thread_does_not_keep_the_others_waiting()
    {
        hub.With("a-blocks", Behaviour.Blocks(release)).With("dp", Behaviour.Answers(AnEntry.Dispensation()));
        var asked = hub.AskAsync();
        await hub.Clock.AtMostTimersAsync(1);
        hub.Clock.Advance(Deadline + HandOver);
        var dossier = await asked;

        dossier.Sources.Select(source => source.Status).Should().Equal(SourceStatus.TimedOut, SourceStatus.Answered);
    }

    [Fact]
    public async Task What_a_slow_source_has_given_by_the_deadline_is_shown()
    {
        hub.With("dp", Behaviour.Drips(hub.Clock, AnEntry.Dispensation()));
        var asked = hub.AskAsync();
        // The hub's and the reader's: a deadline that passes before the reader counts it would never come for the reader.
        await hub.Clock.AtLeastTimersAsync(2);
        hub.Reader.Calls.Single().Deadline.Should().Be(Deadline);
        hub.Clock.Advance(Deadline);
        // The reader ends at the deadline by its own timer; the hand-over that follows needs no time.
        await Task.WhenAny(asked, hub.Clock.AtMostTimersAsync(0));
        var dossier = await asked;

        dossier.Entries.Should().ContainSingle();
        dossier.Sources[0].Should().BeEquivalentTo(new { Status = SourceStatus.Partial, Reason = "DEADLINE", EntryCount = 1, IsComplete = false });
    }

    [Fact]
    public async Task A_reader_that_breaks_costs_its_own_slice_and_its_message_is_not_logged()
    {
        var logger = new RecordingLogger<FanOut>();
        hub.Logger = logger;
        var dossier = await hub.With("dp", Behaviour.Breaks($"row of {APatient.Known().Ins.Value}")).With("picardie", Behaviour.Answers()).AskAsync();

        dossier.Sources[0].Should().BeEquivalentTo(new { Status = SourceStatus.Failed, Reason = "FAULT", IsComplete = false });
        dossier.Sources[1].Status.Should().Be(SourceStatus.Answered);
        logger.Lines.Should().ContainSingle().Which.Should().Contain("dp").And.NotContain(APatient.Known().Ins.Value);
    }

    [Fact]
    public async Task A_source_that_gives_another_patient_is_not_believed_at_all()
    {
        var dossier = await hub
            .With("liar", Behaviour.Answers(AnEntry.HbA1c(), AnEntry.HbA1c().For(APatient.Number(2).Ins.Key)))
            .With("dp", Behaviour.Answers(AnEntry.Dispensation()))
            .AskAsync();

        dossier.Entries.Should().OnlyContain(entry => entry.Origins[0].SourceId == "dp");
        dossier.Sources[1].Should()
            .BeEquivalentTo(new { SourceId = "liar", Status = SourceStatus.Quarantined, Reason = "WRONG_PATIENT", EntryCount = 0 });
        dossier.Complete.Should().BeFalse();
    }

    [Fact]
    public async Task A_caller_who_leaves_ends_the_whole_at_once()
    {
        using var caller = new CancellationTokenSource();
        hub.With("dp", Behaviour.Hangs()).With("picardie", Behaviour.Blocks(release));
        var asked = hub.AskAsync(cancellationToken: caller.Token);
        await caller.CancelAsync();

        await asked.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task An_abandoned_call_is_told_that_nobody_waits()
    {
        hub.With("dp", Behaviour.Hangs());
        var asked = hub.AskAsync();
        while (hub.Reader.Calls.IsEmpty)
            await Task.Yield();
        hub.Clock.Advance(Deadline + HandOver);
        await asked;

        var told = new TaskCompletionSource();
        await using var registration = hub.Reader.Calls.Single().CancellationToken.Register(told.SetResult);
        await told.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_source_of_2009_is_asked_by_INS_C()
    {
        var old = ASource.Named("franche-comte").Understanding(PatientKeySystems.InsC);
        var dossier = await hub.With(old, Behaviour.Answers(AnEntry.HbA1c().For(APatient.Known().InsC.Key))).AskAsync();

        dossier.Entries.Should().ContainSingle();
        var query = hub.Reader.Calls.Single().Request.Patients.Single();
        query.Key.Should().Be(APatient.Known().InsC.Key);
        query.CertifiedTraits.Should().BeEquivalentTo(APatient.Known().Traits);
    }

    [Fact]
    public async Task While_INSi_hangs_sources_that_need_no_identity_are_answered()
    {
        hub.Identities.Instead = static (_, _) => new TaskCompletionSource<CertifiedIdentity>().Task;
        hub.With("dp", Behaviour.Answers(AnEntry.Dispensation()))
            .With(ASource.Named("franche-comte").Understanding(PatientKeySystems.InsC), Behaviour.Answers());
        var asked = hub.AskAsync();
        // Left running: the wait of franche-comte for the identity.
        await hub.Clock.AtMostTimersAsync(1);
        hub.Clock.Advance(Deadline);
        var dossier = await asked;

        dossier.Patient.Should().BeNull();
        dossier.Sources[0].Status.Should().Be(SourceStatus.Answered);
        dossier.Sources[1].Should().BeEquivalentTo(new { Status = SourceStatus.NotAsked, Reason = "IDENTITY_UNAVAILABLE", IsComplete = false });
        hub.Reader.Calls.Should().ContainSingle();
    }

    [Fact]
    public async Task Many_patients_are_one_call_per_source_and_each_gets_the_own_slice()
    {
        var (first, second, third) = (APatient.Known(), APatient.Number(2), APatient.Number(3));
        hub.With("dp", Behaviour.Ends(call => call.Outcome(
            SourceStatus.Answered, null, AnEntry.Dispensation().For(first.Ins.Key), AnEntry.Dispensation().For(third.Ins.Key)) with
        {
            UnknownPatients = [second.Ins.Key],
        }));
        var results = await hub.SendAsync(FederationBuilder.ADossierRequest(null, third.Ins, second.Ins, first.Ins));

        hub.Reader.Calls.Should().ContainSingle().Which.Request.Patients.Should().HaveCount(3);
        var dossiers = results.Cast<DossierAnswer>().ToList();
        dossiers.Select(dossier => dossier.Ins).Should().Equal(third.Ins, second.Ins, first.Ins);
        dossiers.Select(dossier => dossier.Sources[0].Status).Should().Equal(SourceStatus.Answered, SourceStatus.UnknownPatient,
            SourceStatus.Answered);
        dossiers.Should().OnlyContain(dossier => dossier.Complete);
        dossiers[0].Entries.Single().Lead.FiledUnder.Should().Be(third.Ins.Key);
    }

    [Fact]
    public async Task One_person_asked_for_twice_is_one_patient_to_the_source()
    {
        var patient = APatient.Known();
        hub.With("dp", Behaviour.Answers(AnEntry.Dispensation()));
        var results = await hub.SendAsync(FederationBuilder.ADossierRequest(null, patient.Ins, patient.InsC));

        hub.Reader.Calls.Single().Request.Patients.Should().ContainSingle();
        results.Cast<DossierAnswer>().Should().OnlyContain(dossier => dossier.Entries.Count == 1);
    }

    [Fact]
    public async Task A_gap_of_one_patient_leaves_the_others_whole()
    {
        var (first, second) = (APatient.Known(), APatient.Number(2));
        hub.With("dp", Behaviour.Ends(call =>
            call.Outcome(SourceStatus.Partial, "PAGE_FAILED") with { Gaps = [new ReadGap("PAGE_FAILED", second.Ins.Key)] }))
            .With("picardie", Behaviour.Ends(call => call.Outcome(SourceStatus.Partial, "PAGE_FAILED")));
        var dossiers = (await hub.SendAsync(FederationBuilder.ADossierRequest(null, first.Ins, second.Ins))).Cast<DossierAnswer>().ToList();

        dossiers[0].Sources.Select(source => source.Status).Should().Equal(SourceStatus.Answered, SourceStatus.Partial);
        dossiers[1].Sources.Select(source => source.Status).Should().Equal(SourceStatus.Partial, SourceStatus.Partial);
        dossiers[1].Sources[0].Reason.Should().Be("PAGE_FAILED");
    }

    [Fact]
    public async Task What_nobody_could_read_makes_the_slice_partial()
    {
        var unreadable = new Unreadable { Code = "CDA_NOT_XML", Reason = "Not XML.", Patient = APatient.Known().Ins.Key };
        var dossier = await hub.With("dp", Behaviour.Ends(call =>
            call.Outcome(SourceStatus.Answered, null) with { Unreadable = [unreadable] })).AskAsync();

        dossier.Sources[0].Should().BeEquivalentTo(new { Status = SourceStatus.Partial, Reason = "UNREADABLE", IsComplete = false });
    }

    [Fact]
    public async Task A_refused_patient_is_asked_about_nowhere()
    {
        hub.With("dp", Behaviour.Answers());
        var request = new GetDossiers(AnActor.Of(Hub.Access.ActorRole.Analyst), [APatient.Known().Ins], null, DossierScope.All);

        (await hub.SendAsync(request)).Should().Equal(new DossierRefused("ACCESS_REFUSED", "ACC-101"));
        hub.Reader.Calls.Should().BeEmpty();
        hub.Identities.Asked.Should().BeEmpty();
    }

    [Fact]
    public async Task Status_and_reason_of_a_guard_are_passed_on()
    {
        var dossier = await hub.With("dp", Behaviour.Ends(call => call.Outcome(SourceStatus.CircuitOpen, "CIRCUIT_OPEN"))).AskAsync();

        dossier.Sources[0].Should().BeEquivalentTo(new { Status = SourceStatus.CircuitOpen, Reason = "CIRCUIT_OPEN", IsComplete = false });
    }
}
