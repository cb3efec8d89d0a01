using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace DmpFederation.Benchmarks;

/// <summary>Five sources of 40 entries each, of which 20 are held by two, in one process; it also publishes the key that signs the benchmark's token.</summary>
internal static class BenchmarkSources
{
    public const int Sources = 5;
    public const int EntriesEach = 40;

    /// <summary>Of each source's entries, how many the next source holds too.</summary>
    private const int Shared = 4;

    public static WebApplication Build(string url, RSA key)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        var app = builder.Build();
        var bundles = Enumerable.Range(0, Sources).Select(static source => Encoding.UTF8.GetBytes(Bundle(source))).ToArray();
        var states = Enumerable.Repeat("well", Sources).ToArray();
        for (var source = 0; source < Sources; source++)
        {
            var index = source;
            app.MapGet($"/s{index}/", context => AnswerAsync(context, states[index], "up"u8.ToArray()));
            app.MapGet($"/s{index}/bundle", context => AnswerAsync(context, states[index], bundles[index]));
            app.MapPost($"/s{index}/{{state}}", (string state) => states[index] = state);
        }
        MapProvider(app, url.TrimEnd('/') + "/", key);
        return app;
    }

    private static async Task AnswerAsync(HttpContext context, string state, byte[] body)
    {
        switch (state)
        {
            case "dead":
                context.Abort();
                return;
            case "hung":
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return;
            default:
                context.Response.ContentType = "application/fhir+json";
                context.Response.ContentLength = body.Length;
                await context.Response.BodyWriter.WriteAsync(body, context.RequestAborted);
                return;
        }
    }

    private static void MapProvider(WebApplication app, string issuer, RSA key)
    {
        var parameters = key.ExportParameters(false);
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(
            new Dictionary<string, object> { ["issuer"] = issuer, ["jwks_uri"] = issuer + "jwks" }));
        app.MapGet("/jwks", () => Results.Json(new Dictionary<string, object>
        {
            ["keys"] = new[]
            {
                new Dictionary<string, string>
                {
                    ["kty"] = "RSA", ["use"] = "sig", ["alg"] = "RS256", ["kid"] = BenchmarkToken.KeyId,
                    ["n"] = Base64Url(parameters.Modulus!), ["e"] = Base64Url(parameters.Exponent!),
                },
            },
        }));
    }

    /// <summary>What one source holds of the patient, as a FHIR search set.</summary>
    public static string Bundle(int source)
    {
        var text = new StringBuilder("""{"resourceType":"Bundle","type":"searchset","entry":[""");
        for (var i = 0; i < EntriesEach; i++)
        {
            // The first facts of a source are the last ones of the source before it, under the same business identifier.
            var fact = i < Shared ? ((source + Sources - 1) % Sources * EntriesEach) + EntriesEach - 1 - i : (source * EntriesEach) + i;
            var day = new DateOnly(2009, 1, 1).AddDays(fact * 7 % 330).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            text.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $$$"""
                {"fullUrl":"http://s{{{source}}}/Observation/o{{{source}}}-{{{i}}}","resource":{"resourceType":"Observation","id":"o{{{source}}}-{{{i}}}","meta":{"versionId":"1","lastUpdated":"{{{day}}}T09:30:00+01:00"},"identifier":[{"system":"urn:oid:1.2.250.1.999.7","value":"acc-{{{fact}}}"}],"status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory","display":"Laboratory"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"{{{4000 + (fact % 40)}}}-8","display":"Analyte {{{fact % 40}}}"}],"text":"Analyte {{{fact % 40}}} (sang veineux)"},"subject":{"reference":"Patient/p1"},"effectiveDateTime":"{{{day}}}T08:{{{fact % 60:00}}}:00+01:00","performer":[{"display":"Laboratoire {{{fact % 7}}}"}],"valueQuantity":{"value":{{{5 + (fact % 9)}}}.{{{fact % 10}}},"unit":"mmol/L","system":"http://unitsofmeasure.org","code":"mmol/L"},"referenceRange":[{"low":{"value":3.9,"unit":"mmol/L"},"high":{"value":6.1,"unit":"mmol/L"}}]},"search":{"mode":"match"}}
                """);
        }
        return text.Append("]}").ToString();
    }

    private static string Base64Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}

/// <summary>The one token of the benchmark, of a médecin.</summary>
internal static class BenchmarkToken
{
    public const string KeyId = "benchmark";

    public static string Create(RSA key, string issuer)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var header = Part(new Dictionary<string, object> { ["alg"] = "RS256", ["typ"] = "at+jwt", ["kid"] = KeyId });
        var body = Part(new Dictionary<string, object>
        {
            ["iss"] = issuer,
            ["aud"] = "dmp-federation",
            ["sub"] = "899700218896",
            ["iat"] = now,
            ["nbf"] = now,
            ["exp"] = now + 3600,
            ["azp"] = "benchmark",
            ["role"] = "professional",
            ["SubjectNameID"] = "899700218896",
            ["SubjectRole"] = new[] { "10^1.2.250.1.213.1.1.5.5" },
            ["situation"] = "G15_10/SM26",
            ["SubjectOrganizationID"] = "1750712184",
            ["given_name"] = "Benchmark",
            ["family_name"] = "DOCTEUR",
        });
        var signature = key.SignData(Encoding.ASCII.GetBytes($"{header}.{body}"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{header}.{body}.{Encode(signature)}";
    }

    private static string Part(Dictionary<string, object> claims) => Encode(JsonSerializer.SerializeToUtf8Bytes(claims));

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
