using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using DmpFederation.Hub.Access;
using DmpFederation.Hub.Api.GraphQl;
using DmpFederation.Hub.Api.GraphQl.Execution;
using DmpFederation.Hub.Api.GraphQl.Transport;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Federation.Merge;
using DmpFederation.Hub.Identity;
using DmpFederation.Sdk;
using GraphQL;
using GraphQL.SystemTextJson;
using MediatR;

namespace DmpFederation.Benchmarks;

/// <summary>
/// Time and garbage per entry of the three steps a dossier spends most on: reading envelopes, merging, and running the query over merged facts.
/// The least of several rounds is printed, since a busy machine only ever makes a round longer.
/// </summary>
internal static class Micro
{
    private static readonly PatientKey Patient = new("urn:oid:1.2.250.1.213.1.4.10", "279035121518989");

    public static void Run(int rounds)
    {
        var resources = Enumerable.Range(0, BenchmarkSources.Sources)
            .SelectMany(static source => Resources(Encoding.UTF8.GetBytes(BenchmarkSources.Bundle(source)))).ToArray();
        var sources = Read(resources);
        var merger = new RecordMerger(ClinicalKeys.Default);
        var query = new Query(merger.Merge(sources));

        Console.WriteLine($"{resources.Length} entries of {resources.Average(static resource => resource.Length):0} bytes");
        Console.WriteLine($"{"",-22}{"ns/entry",10}{"bytes/entry",14}");
        Measure("read an envelope", rounds, resources.Length, () => ReadAll(resources));
        Measure("merge", rounds, resources.Length, () => merger.Merge(sources));
        foreach (var (name, run) in Sight.Of(sources, merger))
            Measure(name, rounds, resources.Length, run);
        Measure("query and answer", rounds, resources.Length, query.Run);
    }

    private static void ReadAll(ReadOnlyMemory<byte>[] resources)
    {
        foreach (var resource in resources)
            DossierEntry.FromJson(resource, new EntryContext(Patient));
    }

    private static List<SourceEntries> Read(ReadOnlyMemory<byte>[] resources) =>
        [.. resources.Chunk(BenchmarkSources.EntriesEach).Select(static (chunk, source) => new SourceEntries(
            $"bench{source}", [.. chunk.Select(static resource => DossierEntry.FromJson(resource, new EntryContext(Patient)))]))];

    private static IEnumerable<ReadOnlyMemory<byte>> Resources(byte[] bundle)
    {
        using var json = JsonDocument.Parse(bundle);
        return [.. json.RootElement.GetProperty("entry").EnumerateArray()
            .Select(static entry => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(entry.GetProperty("resource").GetRawText()))];
    }

    private static void Measure(string name, int rounds, int entries, Action step)
    {
        for (var warm = Stopwatch.StartNew(); warm.ElapsedMilliseconds < 1500;)
            step();
        var (best, bytes) = (double.MaxValue, 0L);
        for (var round = 0; round < rounds * 20; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var clock = Stopwatch.StartNew();
            for (var time = 0; time < 20; time++)
                step();
            best = Math.Min(best, clock.Elapsed.TotalNanoseconds / 20 / entries);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / 20 / entries;
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-22}{best,10:0}{bytes,14}"));
    }

    /// <summary>The benchmark's query over facts already merged, run as the transport runs it.</summary>
    private sealed class Query : IRequestHandler<GetDossiers, IReadOnlyList<DossierResult>>
    {
        private readonly ArrayBufferWriter<byte> output = new();
        private readonly IReadOnlyList<MergedEntry> facts;
        private readonly ServiceProvider services;
        private readonly QueryRunner runner;
        private readonly GraphQlRequest request;
        private readonly Actor actor = new() { Role = ActorRole.Professional, Id = "899700218896", Profession = "10" };

        public Query(IReadOnlyList<MergedEntry> facts)
        {
            this.facts = facts;
            var collection = new ServiceCollection();
            collection.AddLogging();
            collection.AddOptions<IdentityOptions>();
            collection.AddGraphQlApi(new ConfigurationBuilder().Build());
            collection.AddSingleton<IRequestHandler<GetDossiers, IReadOnlyList<DossierResult>>>(this);
            collection.AddTransient<ServiceFactory>(static provider => provider.GetService!);
            collection.AddTransient<IMediator, Mediator>();
            services = collection.BuildServiceProvider();
            runner = services.GetRequiredService<QueryRunner>();
            using var json = JsonDocument.Parse(BenchmarkQuery.Body);
            request = new GraphQlRequest(
                json.RootElement.GetProperty("query").GetString()!, null,
                new GraphQLSerializer().ReadNode<Inputs>(json.RootElement.GetProperty("variables"))!, Inputs.Empty);
        }

        public Task<IReadOnlyList<DossierResult>> Handle(GetDossiers dossiers, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<DossierResult>>([new DossierAnswer(dossiers.Patients[0], null, facts, []).WithPages(dossiers.Scope.Pages)]);

        public void Run()
        {
            output.ResetWrittenCount();
            using var user = new GraphQlUserContext(actor);
            var result = runner.RunAsync(request, user, services, CancellationToken.None);
            if (!result.IsCompletedSuccessfully)
                throw new InvalidOperationException("The query did not run in one go.");
            AnswerWriter.Write(output, result.GetAwaiter().GetResult());
            if (output.WrittenCount < 10_000)
                throw new InvalidOperationException(Encoding.UTF8.GetString(output.WrittenSpan));
        }
    }
}
