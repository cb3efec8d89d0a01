using System.Runtime.CompilerServices;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.BenchmarkConnector;

/// <summary>The least a connector can do over HTTP: one GET, one bundle, so that the benchmark measures the hub and not a protocol.</summary>
public sealed class BenchmarkConnectorPlugin : IConnectorPlugin
{
    /// <inheritdoc/>
    public ISourceConnector Open(SourceContext context) => new Connector(context.Http, context.Settings.HttpAddress("address"));

    private sealed class Connector(HttpClient http, Uri address) : ISourceConnector
    {
        private readonly Uri bundle = new(address, "bundle");

        public async ValueTask ProbeAsync(CancellationToken cancellationToken) => await http.GetByteArrayAsync(address, cancellationToken);

        public async IAsyncEnumerable<ReadItem> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            foreach (var patient in request.Patients)
            {
                var bytes = await DownloadAsync(cancellationToken);
                for (var at = NextResource(bytes, 0); at >= 0; at = NextResource(bytes, at))
                {
                    yield return DossierEntry.FromJson(bytes.AsMemory(at), new EntryContext(patient.Key), out var length);
                    at += length;
                }
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private async Task<byte[]> DownloadAsync(CancellationToken cancellationToken)
        {
            using var answer = await http.GetAsync(bundle, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            answer.EnsureSuccessStatusCode();
            await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
            var bytes = GC.AllocateUninitializedArray<byte>(checked((int)answer.Content.Headers.ContentLength!.Value));
            await body.ReadExactlyAsync(bytes, cancellationToken);
            return bytes;
        }

        /// <summary>Where the next <c>resource</c> object of the bundle starts; negative when there is none.</summary>
        private static int NextResource(byte[] bytes, int from)
        {
            var marker = bytes.AsSpan(from).IndexOf("\"resource\":"u8);
            return marker < 0 ? -1 : from + marker + "\"resource\":"u8.Length;
        }
    }
}
