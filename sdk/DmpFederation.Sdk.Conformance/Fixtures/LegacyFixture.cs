using System.Text.Json;

namespace DmpFederation.Sdk.Conformance.Fixtures;

/// <summary>What kind of legacy system stands behind the connector.</summary>
internal enum LegacyKind
{
    Http,
    Files,
    Sql,
}

internal sealed class LegacyFixture
{
    public required LegacyKind Kind { get; set; }

    /// <summary>Of <see cref="LegacyKind.Http"/>: what the server answers. The first that matches is taken.</summary>
    public List<ExchangeFixture> Exchanges { get; set; } = [];

    /// <summary>Of <see cref="LegacyKind.Files"/>: the folder that is copied.</summary>
    public string? Folder { get; set; }

    /// <summary>Of <see cref="LegacyKind.Files"/>: how long ago its files were written, for sources that let new ones rest first.</summary>
    public int WrittenMinutesAgo { get; set; }

    /// <summary>Of <see cref="LegacyKind.Sql"/>: the script that builds the SQLite database.</summary>
    public string? Script { get; set; }
}

/// <summary>One recorded exchange: which request, and its answer.</summary>
internal sealed class ExchangeFixture
{
    public string Method { get; set; } = "GET";

    /// <summary>Absolute path, percent-decoded, as <c>/fhir/Patient/_search</c>.</summary>
    public required string Path { get; set; }

    /// <summary>
    /// Parameters of the query or of a form body that must be there with this value; <c>*</c> takes any value. Others are ignored.
    /// </summary>
    public Dictionary<string, string> Parameters { get; set; } = [];

    /// <summary>Parameters that must not be there.</summary>
    public List<string> Without { get; set; } = [];

    /// <summary>Texts the request's body must contain.</summary>
    public List<string> BodyContains { get; set; } = [];

    public int Status { get; set; } = 200;

    public Dictionary<string, string> Headers { get; set; } = [];

    /// <summary>File with the answer's body. <c>{http}</c> in a UTF-8 body becomes the server's address.</summary>
    public string? Body { get; set; }

    /// <summary>The body itself, as a JSON value.</summary>
    public JsonElement? Json { get; set; }

    /// <summary>The body itself, as a text.</summary>
    public string? Text { get; set; }
}

/// <summary>How the legacy system changes.</summary>
internal class LegacyStepFixture
{
    /// <summary>Exchanges that are tried before the earlier ones.</summary>
    public List<ExchangeFixture> Exchanges { get; set; } = [];

    /// <summary>Folder whose files are added or replace those of the same name.</summary>
    public string? Folder { get; set; }

    /// <summary>Files that go away, relative to the legacy's folder.</summary>
    public List<string> Remove { get; set; } = [];

    /// <summary>SQL that is run.</summary>
    public string? Script { get; set; }
}
