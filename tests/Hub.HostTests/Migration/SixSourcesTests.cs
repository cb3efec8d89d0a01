using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.HostTests.Connectors;
using DmpFederation.Hub.HostTests.Federation;
using DmpFederation.Hub.Identity.Links;
using DmpFederation.Hub.Migration;
using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.Migration.Steps;
using DmpFederation.Sdk;
using DmpFederation.SyntheticFrance;
using DmpFederation.TestKit;
using DmpFederation.TestKit.Migration;
using FluentAssertions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;
using Xunit.Abstractions;

namespace DmpFederation.Hub.HostTests.Migration;

/// <summary>Each of the six sources, real plug-ins over real legacy systems, moves into the real national store and is found equal there.</summary>
public sealed class SixSourcesTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int People = 12;

    private SixSystems systems = null!;
    private WebApplication hub = null!;

    private IMigrationDirector Director => hub.Services.GetRequiredService<IMigrationDirector>();

    private IMigrationStore Migrations => hub.Services.GetRequiredService<IMigrationStore>();

    public async Task InitializeAsync()
    {
        var people = World.Generate(2009, People, SixSystems.Today).ToList();
        systems = await SixSystems.StartAsync(people);
        await systems.WriteSourcesAsync(systems.Origin, static (_, entry) => entry["budget"]!["timeoutMs"] = 60_000);
        hub = HubHost.Build(
            ["--urls", "http://127.0.0.1:0"],
            new Dictionary<string, string?>
            {
                ["Connectors:PluginsFile"] = systems.PluginsFile,
                ["Connectors:BuiltInPlugins"] = Path.Combine(PluginOutput.Of("hub"), "plugins"),
                ["Connectors:StateFolder"] = Path.Combine(systems.Root, "state"),
                ["Identity:InsiUrl"] = systems.InsiUrl,
                ["Identity:InsiTimeout"] = "00:00:30",
                ["Migration:Look"] = "00:00:00.200",
                ["Migration:FollowEvery"] = "00:00:00.500",
                ["Migration:FirstRetry"] = "00:00:00.200",
                ["Logging:LogLevel:Default"] = "Warning",
            },
            static builder =>
            {
                builder.Services.Replace(ServiceDescriptor.Singleton<IPolicyStore, OpenPolicies>());
                builder.Services.AddMigration(builder.Configuration);
            });
        await hub.StartAsync();
        var registry = hub.Services.GetRequiredService<ISourceRegistry>();
        await ConnectorsHost.Eventually(
            () => registry.Current.Sources.Count == 6 && registry.Current.Sources.All(static source => source.State == SourceState.Active),
            "sources not active", 120);
        var links = hub.Services.GetRequiredService<IIdentityLinks>();
        foreach (var patient in people)
            await links.LinkAsync([FederatedWorld.InsOf(patient).Key], IdentityStatus.Qualified, "INSI", "test", default);
    }

    public async Task DisposeAsync()
    {
        await hub.StopAsync();
        await hub.DisposeAsync();
        await systems.DisposeAsync();
    }

    [Fact]
    public async Task Every_source_is_copied_found_equal_rehearsed_and_may_be_switched()
    {
        var ids = FederatedWorld.SourceIds;
        foreach (var id in ids)
            (await Director.StartAsync(MigrationRig.WholePlan(id), new LegacyLoad(), MigrationRig.Note, default)).Should().BeOfType<StepResult.Done>();
        await UntilAsync(static slice => slice.State == MigrationState.Following, "copied");
        foreach (var id in ids)
            (await Director.VerifyAsync(id, MigrationRig.Note, default)).Should().BeOfType<StepResult.Done>();
        await UntilAsync(static slice => slice is { State: MigrationState.Shadow or MigrationState.Following, VerifiedAt: not null }, "verified");

        var copies = hub.Services.GetRequiredService<ICopyStore>();
        foreach (var slice in await SlicesAsync())
        {
            var counts = await copies.CountAsync(slice.Id, default);
            var losses = await Migrations.LossesAsync(slice.Id, default);
            output.WriteLine($"{slice.Id} {slice.State} copied {slice.Copied}/{slice.Total} {counts} {string.Join(' ', losses)}");
            foreach (var difference in await Migrations.DifferencesAsync(slice.Id, 20, default))
                output.WriteLine($"  {difference.LocalId} {difference.Field}");
        }
        (await SlicesAsync()).Should().OnlyContain(static slice => slice.State == MigrationState.Shadow && slice.Copied == slice.Total && slice.Copied > 0);

        await UntilAsync(static slice => slice.RehearsedAt is not null, "rehearsed");
        foreach (var id in ids)
        {
            var missing = await Director.MissingAsync((await Migrations.FindAsync(id, default))!, default);
            missing.SelectMany(static one => one.Codes).Should().BeEmpty($"{id} has all evidence");
            (await Director.SwitchAsync(id, null, MigrationRig.Note, default)).Should().BeOfType<StepResult.Done>();
        }
    }

    private async Task<List<SliceRecord>> SlicesAsync() => [.. (await Migrations.AllAsync(default)).SelectMany(static one => one.Slices)];

    private async Task UntilAsync(Func<SliceRecord, bool> holds, string what)
    {
        var slices = await SlicesAsync();
        for (var tries = 0; !slices.All(holds) && tries < 400; tries++)
        {
            await Task.Delay(300);
            slices = await SlicesAsync();
        }
        slices.Where(slice => !holds(slice)).Select(static slice => $"{slice.Id} {slice.State} {slice.Copied}/{slice.Total}")
            .Should().BeEmpty($"every slice is {what} within two minutes");
    }
}
