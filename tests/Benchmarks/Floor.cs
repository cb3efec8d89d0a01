using System.Buffers;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;

namespace DmpFederation.Benchmarks;

/// <summary>
/// The floor: the same five sources asked in parallel, merged by business identifier, sorted and written on the bytes, by hand, for this one query.
/// No GraphQL, no policy, no plug-ins, no guards: what a hub could cost at the least.
/// </summary>
internal static class Floor
{
    private static readonly byte[][] SourceNames =
        [.. Enumerable.Range(0, BenchmarkSources.Sources).Select(static i => Encoding.UTF8.GetBytes($"bench{i}"))];

    public static WebApplication Build(string url, Uri sources)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        var app = builder.Build();
        var handler = new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 256, PooledConnectionLifetime = TimeSpan.FromMinutes(2) };
        var http = new HttpClient(handler);
        var addresses = Enumerable.Range(0, BenchmarkSources.Sources).Select(i => new Uri(sources, $"s{i}/bundle")).ToArray();
        app.MapGet("/metrics", ServerCounters.Print);
        app.MapPost("/graphql", context => AnswerAsync(context, http, addresses));
        return app;
    }

    private static async Task AnswerAsync(HttpContext context, HttpClient http, Uri[] addresses)
    {
        // The same deadline as the hub's, so that both answer without a source that is dead or hung.
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        deadline.CancelAfter(Arena.SourceTimeout);
        var bodies = await Task.WhenAll(addresses.Select(address => ReadAsync(http, address, deadline.Token)));
        context.Response.ContentType = "application/graphql-response+json; charset=utf-8";
        Write(context.Response.BodyWriter, bodies);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private static async Task<byte[]?> ReadAsync(HttpClient http, Uri address, CancellationToken cancellationToken)
    {
        try
        {
            return await http.GetByteArrayAsync(address, cancellationToken);
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Slices of one resource that the query shows.</summary>
    private struct Fact
    {
        public byte[] Body;
        public int Source;
        public Range Id, System, Code, Title, Display, Date, Number, Unit, Author, Status, Key;
        public int Next;
    }

    private static void Write(IBufferWriter<byte> output, byte[]?[] bodies)
    {
        var facts = ArrayPool<Fact>.Shared.Rent(bodies.Length * BenchmarkSources.EntriesEach);
        var count = 0;
        for (var source = 0; source < bodies.Length; source++)
        {
            if (bodies[source] is { } body)
                Slice(body, source, facts, ref count);
        }
        var first = new Dictionary<UInt128, int>(count);
        var order = new List<int>(count);
        for (var i = 0; i < count; i++)
        {
            facts[i].Next = -1;
            var key = XxHash128.HashToUInt128(facts[i].Body.AsSpan()[facts[i].Key]);
            if (!first.TryAdd(key, i))
                Append(facts, first[key], i);
            else
                order.Add(i);
        }
        order.Sort((left, right) => Compare(facts, right, left));
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true });
        json.WriteStartObject();
        json.WriteStartObject("data"u8);
        json.WriteStartObject("dossier"u8);
        json.WriteBoolean("complete"u8, !bodies.Contains(null));
        json.WriteStartObject("entries"u8);
        json.WriteStartArray("nodes"u8);
        foreach (var i in order)
            WriteNode(json, facts, i);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        ArrayPool<Fact>.Shared.Return(facts);
    }

    private static void Append(Fact[] facts, int head, int added)
    {
        while (facts[head].Next >= 0)
            head = facts[head].Next;
        facts[head].Next = added;
    }

    private static int Compare(Fact[] facts, int left, int right)
    {
        var byDate = facts[left].Body.AsSpan()[facts[left].Date].SequenceCompareTo(facts[right].Body.AsSpan()[facts[right].Date]);
        return byDate != 0 ? byDate : facts[left].Source.CompareTo(facts[right].Source);
    }

    private static void WriteNode(Utf8JsonWriter json, Fact[] facts, int index)
    {
        ref var fact = ref facts[index];
        var body = fact.Body.AsSpan();
        json.WriteStartObject();
        WriteId(json, fact);
        json.WriteString("category"u8, "LAB_RESULT"u8);
        json.WriteString("date"u8, body[fact.Date]);
        json.WriteString("title"u8, body[fact.Title]);
        json.WriteStartObject("code"u8);
        json.WriteString("system"u8, body[fact.System]);
        json.WriteString("code"u8, body[fact.Code]);
        json.WriteEndObject();
        json.WriteStartObject("value"u8);
        json.WritePropertyName("number"u8);
        json.WriteRawValue(body[fact.Number], skipInputValidation: true);
        json.WriteString("unit"u8, body[fact.Unit]);
        json.WriteEndObject();
        json.WriteStartObject("author"u8);
        json.WriteString("name"u8, body[fact.Author]);
        json.WriteEndObject();
        json.WriteString("status"u8, body[fact.Status]);
        json.WriteStartArray("origins"u8);
        Span<byte> local = stackalloc byte[128];
        for (var i = index; i >= 0; i = facts[i].Next)
        {
            json.WriteStartObject();
            json.WriteString("sourceId"u8, SourceNames[facts[i].Source]);
            json.WriteString("localId"u8, LocalId(facts[i], local));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteId(Utf8JsonWriter json, in Fact fact)
    {
        Span<byte> text = stackalloc byte[160];
        SourceNames[fact.Source].CopyTo(text);
        var length = SourceNames[fact.Source].Length;
        text[length++] = 0x1F;
        length += LocalId(fact, text[length..]).Length;
        Span<char> hex = stackalloc char[32];
        XxHash128.HashToUInt128(text[..length]).TryFormat(hex, out _, "x32");
        json.WriteString("id"u8, hex);
    }

    private static ReadOnlySpan<byte> LocalId(in Fact fact, Span<byte> into)
    {
        "Observation/"u8.CopyTo(into);
        var id = fact.Body.AsSpan()[fact.Id];
        id.CopyTo(into["Observation/"u8.Length..]);
        return into[..("Observation/"u8.Length + id.Length)];
    }

    private static void Slice(byte[] body, int source, Fact[] facts, ref int count)
    {
        var reader = new Utf8JsonReader(body);
        while (reader.Read())
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 3 && reader.ValueTextEquals("resource"u8))
                facts[count++] = ReadFact(ref reader, body, source);
    }

    private static Fact ReadFact(ref Utf8JsonReader reader, byte[] body, int source)
    {
        var fact = new Fact { Body = body, Source = source };
        reader.Read();
        var depth = reader.CurrentDepth;
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
                continue;
            if (reader.ValueTextEquals("id"u8))
                fact.Id = Next(ref reader);
            else if (reader.ValueTextEquals("effectiveDateTime"u8))
                fact.Date = Next(ref reader);
            else if (reader.ValueTextEquals("status"u8))
                fact.Status = Next(ref reader);
            else if (reader.ValueTextEquals("identifier"u8))
                Pick(ref reader, ref fact, static (ref Utf8JsonReader at, ref Fact into) => { if (at.ValueTextEquals("value"u8)) into.Key = Next(ref at); });
            else if (reader.ValueTextEquals("performer"u8))
                Pick(ref reader, ref fact, static (ref Utf8JsonReader at, ref Fact into) => { if (at.ValueTextEquals("display"u8)) into.Author = Next(ref at); });
            else if (reader.ValueTextEquals("valueQuantity"u8))
                Pick(ref reader, ref fact, static (ref Utf8JsonReader at, ref Fact into) =>
                {
                    if (at.ValueTextEquals("value"u8))
                        into.Number = Next(ref at);
                    else if (at.ValueTextEquals("unit"u8))
                        into.Unit = Next(ref at);
                });
            else if (reader.ValueTextEquals("code"u8))
                Pick(ref reader, ref fact, static (ref Utf8JsonReader at, ref Fact into) =>
                {
                    if (at.ValueTextEquals("system"u8))
                        into.System = Next(ref at);
                    else if (at.ValueTextEquals("code"u8))
                        into.Code = Next(ref at);
                    else if (at.ValueTextEquals("text"u8))
                        into.Title = Next(ref at);
                });
            else
                Skip(ref reader);
        }
        return fact;
    }

    private delegate void OnProperty(ref Utf8JsonReader reader, ref Fact fact);

    private static void Pick(ref Utf8JsonReader reader, ref Fact fact, OnProperty visit)
    {
        reader.Read();
        var depth = reader.CurrentDepth;
        while (reader.Read() && reader.CurrentDepth > depth)
            if (reader.TokenType == JsonTokenType.PropertyName)
                visit(ref reader, ref fact);
    }

    private static void Skip(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    private static Range Next(ref Utf8JsonReader reader)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex + (reader.TokenType == JsonTokenType.String ? 1 : 0);
        return start..(start + reader.ValueSpan.Length);
    }
}
