using DmpFederation.Sdk;

namespace DmpFederation.Plugins.FhirServer;

/// <summary>Settings of one FHIR server, checked for meaning. The manifest says what each is.</summary>
internal sealed record FhirServerSettings
{
    public required Uri BaseUrl { get; init; }

    public string? BearerToken { get; init; }

    public bool ReadsEverything { get; init; }

    public bool SearchesByPost { get; init; }

    /// <summary>Null: as the server's CapabilityStatement says.</summary>
    public IReadOnlyList<string>? ResourceTypes { get; init; }

    /// <summary>The operator says that this server takes new facts.</summary>
    public bool AcceptsWrites { get; init; }

    public int PageSize { get; init; }

    public int MaxPages { get; init; }

    public int MaxPageBytes { get; init; }

    public int Concurrency { get; init; }

    public static FhirServerSettings From(SourceSettings settings) => new()
    {
        BaseUrl = settings.HttpAddress("baseUrl") is { UserInfo.Length: 0, Query.Length: 0, Fragment.Length: 0 } address
            ? address
            : throw new SourceSettingsException("baseUrl", "must have neither user, query nor fragment"),
        BearerToken = settings.Find("bearerToken") is { Length: > 0 } token ? token : null,
        ReadsEverything = OneOf(settings, "readWith", "search", "everything") == "everything",
        SearchesByPost = OneOf(settings, "searchMethod", "post", "get") == "post",
        ResourceTypes = Types(settings.Find("resourceTypes")),
        AcceptsWrites = OneOf(settings, "writes", "false", "true") == "true",
        PageSize = Between(settings, "pageSize", 200, 1, 1000),
        MaxPages = Between(settings, "maxPages", 100, 1, 10_000),
        MaxPageBytes = Between(settings, "maxPageBytes", 32 << 20, 1024, 1 << 30),
        Concurrency = Between(settings, "concurrency", 8, 1, 64),
    };

    private static string OneOf(SourceSettings settings, string name, string fallback, string other) => settings.Find(name) switch
    {
        null or "" => fallback,
        { } text when text == fallback || text == other => text,
        _ => throw new SourceSettingsException(name, $"must be '{fallback}' or '{other}'"),
    };

    private static int Between(SourceSettings settings, string name, int fallback, int least, int most) =>
        settings.Integer(name, fallback) is var number && number >= least && number <= most
            ? number
            : throw new SourceSettingsException(name, $"must be between {least} and {most}");

    private static string[]? Types(string? list)
    {
        if (string.IsNullOrWhiteSpace(list))
            return null;
        var types = list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return types.All(type => type.All(char.IsAsciiLetter) && !FactTypes.IsNoFact(type))
            ? types
            : throw new SourceSettingsException("resourceTypes", "must be a comma separated list of clinical FHIR R4 resource types");
    }
}
