using System.Buffers;
using System.Text.Json;
using DmpFederation.Hub.Access;
using DmpFederation.Hub.Api.GraphQl.Execution;
using DmpFederation.Hub.Api.GraphQl.Transport;
using GraphQL;
using Microsoft.Extensions.DependencyInjection;

namespace DmpFederation.Hub.HostTests.Api;

/// <summary>A GraphQL document put to a running hub as somebody, past the transport and its tokens.</summary>
internal static class GraphQlQuestion
{
    public static async Task<JsonElement> RunAsync(IServiceProvider hub, Actor actor, string query)
    {
        using var scope = hub.CreateScope();
        using var user = new GraphQlUserContext(actor);
        var result = await hub.GetRequiredService<QueryRunner>().RunAsync(
            new GraphQlRequest(query, null, Inputs.Empty, Inputs.Empty), user, scope.ServiceProvider, CancellationToken.None);
        var output = new ArrayBufferWriter<byte>();
        AnswerWriter.Write(output, result);
        using var json = JsonDocument.Parse(output.WrittenMemory);
        return json.RootElement.Clone();
    }
}
