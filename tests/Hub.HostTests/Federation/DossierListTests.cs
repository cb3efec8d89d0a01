using System.Diagnostics.Metrics;
using DmpFederation.Hub.HostTests.Connectors;
using DmpFederation.SyntheticFrance.Model;
using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DmpFederation.Hub.HostTests.Federation;

/// <summary>Contract §4, <c>dossiers</c>: at most 50 patients, at most one call per source.</summary>
public sealed class DossierListTests
{
    [Fact]
    public async Task Fifty_patients_cost_each_source_one_call_whatever_it_is_asked_for()
    {
        var patients = SyntheticFrance.World.Generate(2009, 50, FederatedWorld.Today).ToList();
        await using var world = await FederatedWorld.StartAsync(patients);
        await world.AskAsync(patients.Take(1));
        world.Requests.Clear();
        using var calls = new CallCount(world.Services.GetRequiredService<IMeterFactory>());

        var dossiers = await world.AskAsync(patients);

        dossiers.Select(static dossier => dossier.Complete).Should().Equal(
            patients.Select(static patient => patient.Traps.All(static trap => trap.Reach != TrapReach.KeptOut)), "a source that means somebody else is kept out");
        calls.Made.Select(call => (call.Source, call.Capability)).Should().BeEquivalentTo(FederatedWorld.SourceIds.Select(source => (source, "read")), "traits come with the entries");
        var requests = world.Requests.GroupBy(request => request).ToDictionary(same => same.Key, same => same.Count());
        requests.Should().Contain("picardie POST /fhir/Patient/_search", 1);
        requests.Where(request => request.Key.StartsWith("picardie POST ", StringComparison.Ordinal))
            .Should().OnlyContain(request => request.Value == 1, "one search a type, whatever the number of patients");
        requests.Should().Contain("franche-comte GET /index", 50, "the index of 2009 knows one patient at a time, within the one call");
        requests.Where(request => request.Key.StartsWith("franche-comte GET /documents/", StringComparison.Ordinal))
            .Should().OnlyContain(request => request.Value == 1, "no document is fetched twice");
    }
}
