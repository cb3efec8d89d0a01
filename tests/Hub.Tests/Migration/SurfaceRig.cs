using System.Buffers;
using System.Text.Json;
using DmpFederation.Hub.Access;
using DmpFederation.Hub.Api.GraphQl.Execution;
using DmpFederation.Hub.Api.GraphQl.Transport;
using DmpFederation.Hub.Audit;
using DmpFederation.TestKit;
using DmpFederation.TestKit.Api;
using DmpFederation.TestKit.Migration;
using GraphQL;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DmpFederation.Hub.Tests.Migration;

/// <summary>The real schema, requests and behaviours over a store and a director of the test, without HTTP.</summary>
internal sealed class SurfaceRig : IDisposable
{
    public static readonly Actor National = AnActor.Of(ActorRole.NationalOperator) with { Id = "the-national" };
    public static readonly Actor North = AnActor.Of(ActorRole.RegionOperator) with { Id = "the-north", Region = "hauts-de-france" };
    public static readonly Actor South = AnActor.Of(ActorRole.RegionOperator) with { Id = "the-south", Region = "provence" };

    private readonly ServiceProvider services;

    public SurfaceRig()
    {
        Director = new ObedientDirector(Store);
        services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IAuditTrail>(Audit)
            .AddMigrationsOver(Store, Director)
            .AddApiOver(
                new ConfigurationBuilder().Build(),
                new FakeDossiers(),
                new FixedSources(
                    FixedSources.Source("north") with { Region = "hauts-de-france" }, FixedSources.Source("south") with { Region = "provence" }))
            .BuildServiceProvider(validateScopes: true);
    }

    public HeldMigrations Store { get; } = new();

    public ObedientDirector Director { get; }

    public RecordingAuditTrail Audit { get; } = new();

    public IServiceProvider Services => services;

    public async Task<JsonElement> AskAsync(Actor actor, string query)
    {
        using var scope = services.CreateScope();
        using var user = new GraphQlUserContext(actor);
        var result = await services.GetRequiredService<QueryRunner>().RunAsync(
            new GraphQlRequest(query, null, Inputs.Empty, Inputs.Empty), user, scope.ServiceProvider, CancellationToken.None);
        var output = new ArrayBufferWriter<byte>();
        AnswerWriter.Write(output, result);
        using var json = JsonDocument.Parse(output.WrittenMemory);
        return json.RootElement.Clone();
    }

    public Task<JsonElement> OrderAsync(Actor actor, string order) => AskAsync(actor, $"mutation {{ {order} {{ sourceId state }} }}");

    public static (string? Code, string? Rule) Refusal(JsonElement answer)
    {
        var extensions = answer.GetProperty("errors")[0].GetProperty("extensions");
        return (extensions.GetProperty("code").GetString(), extensions.TryGetProperty("rule", out var rule) ? rule.GetString() : null);
    }

    public void Dispose() => services.Dispose();
}
