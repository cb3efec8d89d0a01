using System.Runtime.CompilerServices;
using System.Text.Json;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.BenchmarkConnector;

/// <summary>The least a connector can do over HTTP: one GET, one bundle, so that the benchmark measures the hub and not a protocol.</summary>
public sealed class BenchmarkConnectorPlugin : IConnectorPlugin
{
    /// <inheritdoc/>
    public ISourceConnector Open(SourceContext context) => new Connector(context.Http, context.Settings.HttpAddress("address"));

    private sealed class Connector(HttpClient http, Uri address) : ISourceConnector
    {
        public async ValueTask ProbeAsync(CancellationToken cancellationToken) => await http.GetByteArrayAsync(address, cancellationToken);

        public async IAsyncEnumerable<ReadItem> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            foreach (var patient in request.Patients)
            {
                var bundle = await http.GetByteArrayAsync(new Uri(address, "bundle"), cancellationToken);
                var at = 0;
                while (NextResource(bundle, ref at) is { Length: > 0 } resource)
                    yield return DossierEntry.FromJson(resource, new EntryContext(patient.Key));
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        /// <summary>The next <c>resource</c> object of the bundle, as a slice of its bytes.</summary>
        private static ReadOnlyMemory<byte> NextResource(byte[] bundle, ref int at)
        {
            var marker = bundle.AsSpan(at).IndexOf("\"resource\":"u8);
            if (marker < 0)
                return default;
            var start = at + marker + "\"resource\":"u8.Length;
            var reader = new Utf8JsonReader(bundle.AsSpan(start));
            reader.Read();
            reader.Skip();
            at = start + (int)reader.BytesConsumed;
            return bundle.AsMemory(start, (int)reader.BytesConsumed);
        }
    }
}
