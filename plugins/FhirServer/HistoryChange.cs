using System.Globalization;
using System.Text.Json;

namespace DmpFederation.Plugins.FhirServer;

/// <summary>One entry of a history Bundle.</summary>
/// <param name="Instant">When it happened, as printed.</param>
/// <param name="Moment">The same as a moment.</param>
/// <param name="LocalId"><c>ResourceType/id</c>.</param>
/// <param name="Version">Version after the change; empty when not stated.</param>
/// <param name="Head">Null for a deletion, and for a resource that cannot be read.</param>
/// <param name="Entry">As the Bundle holds it.</param>
internal sealed record HistoryChange(string Instant, DateTimeOffset Moment, string LocalId, string Version, ResourceHead? Head, BundleEntry Entry)
{
    public bool IsDeletion => Entry.Resource.IsEmpty;

    public string Key => $"{LocalId}@{Version}{(IsDeletion ? "-" : "")}";

    /// <summary>Reads an entry; null when it tells neither when nor what.</summary>
    public static HistoryChange? Read(BundleEntry entry)
    {
        ResourceHead? head = null;
        try
        {
            head = entry.Resource.IsEmpty ? null : ResourceHead.Read(entry.Resource);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            head = null;
        }
        var localId = head?.LocalId ?? Target(entry.RequestUrl) ?? Target(entry.FullUrl);
        var instant = entry.LastModified ?? head?.LastUpdated;
        return localId is not null && instant is not null && TryInstant(instant, out var moment)
            ? new HistoryChange(instant, moment, localId, head?.Version ?? VersionIn(entry.RequestUrl), head, entry)
            : null;
    }

    /// <summary>By moment, then as <see cref="CompareTies"/>.</summary>
    public static int Compare(HistoryChange one, HistoryChange other)
    {
        var byMoment = one.Moment.CompareTo(other.Moment);
        return byMoment != 0 ? byMoment : CompareTies(one, other);
    }

    /// <summary>
    /// Order of the changes of one moment, which the server does not tell: by resource, then by version, so that a correction follows what it
    /// corrects and a deletion comes last.
    /// </summary>
    public static int CompareTies(HistoryChange one, HistoryChange other)
    {
        var byResource = string.CompareOrdinal(one.LocalId, other.LocalId);
        if (byResource != 0)
            return byResource;
        var byKind = one.IsDeletion.CompareTo(other.IsDeletion);
        if (byKind != 0)
            return byKind;
        var byLength = one.Version.Length.CompareTo(other.Version.Length);
        return byLength != 0 ? byLength : string.CompareOrdinal(one.Version, other.Version);
    }

    public static bool TryInstant(string text, out DateTimeOffset moment) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out moment);

    /// <summary><c>Type/id</c> at the end of an address, a version left out.</summary>
    private static string? Target(string? url)
    {
        if (url is null)
            return null;
        var version = url.IndexOf("/_history", StringComparison.Ordinal);
        var parts = (version >= 0 ? url[..version] : url).Split('/');
        return parts is [.., { Length: > 0 } type, { Length: > 0 } id] && type.All(char.IsAsciiLetter) ? $"{type}/{id}" : null;
    }

    private static string VersionIn(string? url)
    {
        var at = url?.IndexOf("/_history/", StringComparison.Ordinal) ?? -1;
        return at < 0 ? "" : url![(at + "/_history/".Length)..];
    }
}
