using System.Buffers;
using System.Text.Json;
using DmpFederation.Hub.Access;
using DmpFederation.Hub.Api.GraphQl;
using DmpFederation.Hub.Api.GraphQl.Execution;
using DmpFederation.Hub.Api.GraphQl.Schema;
using DmpFederation.Hub.Api.GraphQl.Transport;
using DmpFederation.TestKit.Api;
using GraphQL;
using GraphQL.Execution;
using GraphQL.SystemTextJson;
using GraphQL.Validation;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Hub.Tests.Api;

/// <summary>The real schema, runner and writer over a fake federation, without HTTP.</summary>
internal sealed class GraphQlRig : IDisposable
{
    public const string Ins = "279035121518989";

    public static readonly Actor Doctor = new() { Role = ActorRole.Professional, Id = "899700218896", Profession = "10", Specialty = "SM26" };

    private readonly ServiceProvider services;

    public GraphQlRig(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(static setting => setting.Key, static setting => (string?)setting.Value))
            .Build();
        services = new ServiceCollection()
            .AddLogging()
            .AddApiOver(configuration, Dossiers, new FixedSources(FixedSources.Source("north"), FixedSources.Source("south")))
            .BuildServiceProvider(validateScopes: true);
    }

    public FakeDossiers Dossiers { get; } = new();

    public DossierSchema Schema => services.GetRequiredService<DossierSchema>();

    public DocumentCache Documents => services.GetRequiredService<DocumentCache>();

    public Task<JsonElement> AskAsync(string query, string? variables = null, string? operation = null) =>
        AskAsync(services.GetRequiredService<QueryRunner>(), query, variables, operation);

    /// <summary>The same schema executed node by node, as the library does it.</summary>
    public QueryRunner Twin() => new(
        Schema,
        new DocumentExecuter(services.GetRequiredService<IDocumentBuilder>(), new DocumentValidator()),
        services.GetRequiredService<IDocumentBuilder>(),
        new DocumentCache(services.GetRequiredService<IOptions<GraphQlOptions>>()),
        services.GetRequiredService<UnforeseenFaults>(),
        services.GetRequiredService<IOptions<GraphQlOptions>>());

    public async Task<JsonElement> AskAsync(QueryRunner runner, string query, string? variables, string? operation = null)
    {
        var inputs = variables is null ? Inputs.Empty : new GraphQLSerializer().Deserialize<Inputs>(variables)!;
        using var scope = services.CreateScope();
        using var user = new GraphQlUserContext(Doctor);
        var result = await runner.RunAsync(
            new GraphQlRequest(query, operation, inputs, Inputs.Empty), user, scope.ServiceProvider, CancellationToken.None);
        var output = new ArrayBufferWriter<byte>();
        AnswerWriter.Write(output, result);
        using var json = JsonDocument.Parse(output.WrittenMemory);
        return json.RootElement.Clone();
    }

    public void Dispose() => services.Dispose();
}

internal static class AnswerExtensions
{
    public static string[] Codes(this JsonElement answer) => answer.TryGetProperty("errors", out var errors)
        ? [.. errors.EnumerateArray().Select(static error => error.GetProperty("extensions").GetProperty("code").GetString()!)]
        : [];

    public static JsonElement At(this JsonElement answer, params object[] path) => path.Aggregate(
        answer, static (element, part) => part is int index ? element[index] : element.GetProperty((string)part));
}
