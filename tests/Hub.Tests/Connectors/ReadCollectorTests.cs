using System.Runtime.CompilerServices;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Connectors.Calls;
using DmpFederation.Hub.Federation;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Connectors;

/// <summary>What one call says of each patient: absence is never ambiguous.</summary>
public sealed class ReadCollectorTests
{
    private static readonly PatientKey First = APatient.Known().Ins.Key;
    private static readonly PatientKey Second = APatient.Number(2).Ins.Key;

    private static readonly Unreadable Nobodys = new() { Code = "CSV_TRUNCATED", Reason = "Not whole." };

    [Fact]
    public async Task A_gap_of_one_patient_is_told_as_that_patients()
    {
        var outcome = await ReadAsync(new ReadGap("PATIENT_AMBIGUOUS", First), new PatientUnknown(Second));

        (outcome.Status, outcome.Reason).Should().Be((SourceStatus.Partial, "PATIENT_AMBIGUOUS"));
        outcome.Gaps.Should().ContainSingle().Which.Patient.Should().Be(First);
        outcome.UnknownPatients.Should().Equal(Second);
    }

    [Fact]
    public async Task A_gap_of_everybody_beside_one_of_a_patient_is_everybodys()
    {
        var outcome = await ReadAsync(new ReadGap("PATIENT_AMBIGUOUS", First), new ReadGap("PAGE_FAILED"));

        (outcome.Status, outcome.Reason).Should().Be((SourceStatus.Partial, "PAGE_FAILED"));
        outcome.Gaps.Should().BeEmpty();
    }

    [Fact]
    public async Task Nobody_is_unknown_to_a_source_part_of_which_may_be_about_anybody()
    {
        (await ReadAsync(new ReadGap("UNASSIGNED_REPORTS"), new PatientUnknown(First))).UnknownPatients.Should().BeEmpty();
        (await ReadAsync(new PatientUnknown(First), Nobodys)).UnknownPatients.Should().BeEmpty();
        (await ReadAsync(new PatientUnknown(First), new ReadGap("UNASSIGNED_REPORTS", First), new PatientUnknown(Second)))
            .UnknownPatients.Should().Equal(Second);
    }

    [Fact]
    public async Task What_cannot_be_read_of_one_patient_leaves_another_unknown()
    {
        var outcome = await ReadAsync(new Unreadable { Code = "CSV_DATE", Reason = "No date.", Patient = First }, new PatientUnknown(Second));

        outcome.UnknownPatients.Should().Equal(Second);
    }

    [Fact]
    public async Task A_fault_after_a_gap_of_one_patient_concerns_everybody()
    {
        var outcome = await ReadAsync(
            new CallEnd(false, SourceFaultCodes.BadAnswer, Task.CompletedTask), AnEntry.HbA1c().Build(), new ReadGap("PATIENT_AMBIGUOUS", First));

        outcome.Reason.Should().Be(SourceFaultCodes.BadAnswer);
        outcome.Gaps.Should().BeEmpty();
    }

    private static Task<SourceOutcome> ReadAsync(params ReadItem[] items) => ReadAsync(new CallEnd(false, null, Task.CompletedTask), items);

    private static async Task<SourceOutcome> ReadAsync(CallEnd end, params ReadItem[] items)
    {
        var collector = new ReadCollector(ASource.Named("labos"), new ReadRequest([new PatientQuery(First), new PatientQuery(Second)]));
        await collector.RunAsync(new Said(items), CancellationToken.None);
        return collector.Close(end, TimeSpan.Zero);
    }

    /// <summary>A connector that says these things.</summary>
    private sealed class Said(IReadOnlyList<ReadItem> items) : ISourceConnector
    {
        public ValueTask ProbeAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public async IAsyncEnumerable<ReadItem> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.CompletedTask;
            foreach (var item in items)
                yield return item;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
