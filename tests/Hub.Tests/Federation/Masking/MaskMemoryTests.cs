using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Federation;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;
using static DmpFederation.Hub.Tests.Federation.Masking.MaskedWorld;

namespace DmpFederation.Hub.Tests.Federation.Masking;

/// <summary>A mask holds when the same fact arrives from elsewhere; a label taken away at its source does not hide for ever. Real store.</summary>
public sealed class MaskMemoryTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string> MaskedLetter = new() { ["DocumentReference/d1"] = VisibilityCodes.MasquePs };
    private readonly TestClock clock = new();
    private readonly List<FederationBuilder> writing = [];
    private RealPolicies policies = null!;

    public async Task InitializeAsync() => policies = await RealPolicies.OpenAsync(clock);

    public async Task DisposeAsync()
    {
        foreach (var hub in writing)
            await hub.Memory.StopAsync(CancellationToken.None);
        await policies.DisposeAsync();
    }

    [Theory]
    [InlineData("Entry", "a-region")]
    [InlineData("Author", "a-region")]
    [InlineData("Source", "c-labo")]
    public async Task A_mask_holds_while_the_origin_it_was_laid_on_is_away(string kindName, string down)
    {
        var kind = Enum.Parse<MaskTargetKind>(kindName);
        var target = new MaskTarget(
            kind, kind switch { MaskTargetKind.Entry => IdOf("Observation/f1"), MaskTargetKind.Author => Author, _ => "c-labo" });
        await policies.ApplyAsync(new PolicyChange.SetMask(APolicy.Masked(target)));

        await ReadAsync(new MaskedWorld());
        await policies.UntilAsync(static masks => masks.Single().Reach.Count > 0);

        (await ReadAsync(new MaskedWorld { Down = [down] })).Should().NotContain(Result.Select(IdOf));
    }

    [Fact]
    public async Task The_label_of_a_source_that_is_down_hides_the_copies_it_hid_before()
    {
        await ReadAsync(new MaskedWorld { Labels = MaskedLetter });
        var masks = await policies.UntilAsync(static masks => masks.Count >= 2);

        masks.Should().OnlyContain(mask => mask.SetBy == "label:a-region" && mask.Visibility == Visibility.MasquePs && !mask.Lifts);
        masks.Single(mask => mask.Target.Id == IdOf("DocumentReference/d1")).Reach.Should().Equal(IdOf("DocumentReference/x1"));
        (await ReadAsync(new MaskedWorld { Down = ["a-region"] })).Should().NotContain(Letter.Select(IdOf)).And.Contain(IdOf("Observation/v1"));
    }

    [Fact]
    public async Task A_label_taken_away_at_its_source_hides_no_more_and_is_forgotten()
    {
        await ReadAsync(new MaskedWorld { Labels = MaskedLetter, Unreadable = false });
        await policies.UntilAsync(static masks => masks.Count >= 2);

        (await ReadAsync(new MaskedWorld { Unreadable = false })).Should().Contain(Letter.Select(IdOf));
        await policies.UntilAsync(static masks => masks.Count == 0);
        (await ReadAsync(new MaskedWorld { Down = ["a-region"] })).Should().Contain(IdOf("DocumentReference/x1"));
    }

    [Fact]
    public async Task A_source_that_answers_in_part_disproves_nothing()
    {
        await ReadAsync(new MaskedWorld { Labels = MaskedLetter });
        await policies.UntilAsync(static masks => masks.Count >= 2);

        (await ReadAsync(new MaskedWorld())).Should().NotContain(Letter.Select(IdOf), "a page of it could not be read");
    }

    [Fact]
    public async Task What_the_patient_unmasks_is_shown_whichever_origin_bears_the_label()
    {
        await ReadAsync(new MaskedWorld { Labels = new Dictionary<string, string> { ["Observation/h1"] = VisibilityCodes.MasquePs } });
        await policies.UntilAsync(static masks => masks.Count == 1);
        await policies.ApplyAsync(new PolicyChange.SetMask(
            APolicy.Masked(new(MaskTargetKind.Entry, IdOf("Observation/g1"))) with { Lifts = true, SetBy = "patient-1" }));

        var world = new MaskedWorld { Labels = new Dictionary<string, string> { ["Observation/h1"] = VisibilityCodes.MasquePs } };
        (await ReadAsync(world)).Should().Contain(Result.Select(IdOf));
        var masks = await policies.UntilAsync(static masks => masks is [{ Lifts: true, Reach.Count: 2 }]);
        masks[0].Reach.Should().BeEquivalentTo(IdOf("Observation/f1"), IdOf("Observation/h1"));
        (await ReadAsync(new MaskedWorld { Labels = world.Labels, Down = ["b-fhir"] })).Should().Contain(IdOf("Observation/h1"));
    }

    [Fact]
    public async Task A_mask_the_patient_took_away_meanwhile_is_not_brought_back()
    {
        var target = new MaskTarget(MaskTargetKind.Entry, IdOf("Observation/f1"));
        await policies.ApplyAsync(new PolicyChange.SetMask(APolicy.Masked(target)));
        var hub = new MaskedWorld().Build(policies.Store);
        await hub.SendAsync(Question());
        await policies.ApplyAsync(new PolicyChange.RemoveMask(target, null));
        await policies.ApplyAsync(new PolicyChange.SetMask(APolicy.Masked(new(MaskTargetKind.Entry, IdOf("Observation/v1")))));

        await hub.Memory.StartAsync(CancellationToken.None);
        await ReadAsync(new MaskedWorld { Labels = MaskedLetter });
        (await policies.UntilAsync(static masks => masks.Count >= 3)).Should().NotContain(mask => mask.Target == target && mask.SetBy == "patient-1");
        await hub.Memory.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_store_that_cannot_be_written_costs_no_answer()
    {
        var hub = new MaskedWorld { Masks = [APolicy.Masked(new(MaskTargetKind.Entry, IdOf("Observation/f1")))] }.Build();
        await hub.Memory.StartAsync(CancellationToken.None);

        for (var time = 0; time < 3; time++)
            (await hub.SendAsync(Question()))[0].Should().BeOfType<DossierAnswer>();
        hub.Memory.ExecuteTask!.IsCompleted.Should().BeFalse("the writer goes on");
        await hub.Memory.StopAsync(CancellationToken.None);
    }

    private static GetDossiers Question() => new(AnActor.Doctor(), [Patient.Ins], null, DossierScope.All);

    /// <summary>A doctor reads; what was learned is written behind the answer.</summary>
    private async Task<string[]> ReadAsync(MaskedWorld world)
    {
        var hub = world.Build(policies.Store);
        var answer = (DossierAnswer)(await hub.SendAsync(Question()))[0];
        await hub.Memory.StartAsync(CancellationToken.None);
        writing.Add(hub);
        return [.. answer.Entries.SelectMany(static fact => fact.Origins).Select(static origin => origin.EntryId)];
    }

}
