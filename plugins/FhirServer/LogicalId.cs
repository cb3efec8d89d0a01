namespace DmpFederation.Plugins.FhirServer;

/// <summary>Logical ids of resources (FHIR R4, datatype <c>id</c>).</summary>
internal static class LogicalId
{
    public static bool Is(ReadOnlySpan<char> id) =>
        id.Length is > 0 and <= 64
        && !id.ContainsAnyExcept("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.")
        && id is not ("." or "..");

    /// <summary>
    /// <c>Type/id</c> of an address such as <c>https://server/fhir/Type/id/_history/1</c>; null when it is of another type or no such address.
    /// </summary>
    public static string? InLocation(Uri location, string type)
    {
        var path = location.OriginalString.Split('?', '#')[0];
        var version = path.IndexOf("/_history", StringComparison.Ordinal);
        return (version < 0 ? path : path[..version]).Split('/') is [.., var named, var id] && named == type && Is(id) ? $"{type}/{id}" : null;
    }
}
