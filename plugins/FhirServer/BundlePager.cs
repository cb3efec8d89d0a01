using System.Runtime.CompilerServices;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.FhirServer;

/// <summary>One page of a paged answer: either a page, or the code of what stopped the paging, or both for a page cut in the middle.</summary>
/// <param name="Page">Null when nothing of the page could be read.</param>
/// <param name="Fault">Null when the page is whole.</param>
/// <param name="Answer">The HTTP side of it.</param>
/// <param name="Link">The link that led to the page; null for the first.</param>
internal readonly record struct PagedAnswer(BundlePage? Page, string? Fault, FhirAnswer Answer, string? Link)
{
    public bool IsFirst => Link is null;

    /// <summary>What to tell when this page is missing: a failure after the first page is a page that failed, the server as such answers.</summary>
    public string? GapCode => !IsFirst && Fault is SourceFaultCodes.ErrorStatus or SourceFaultCodes.Unreachable ? FhirFaultCodes.PageFailed : Fault;
}

/// <summary>Codes of this connector beside those of the SDK.</summary>
internal static class FhirFaultCodes
{
    public const string PageFailed = "PAGE_FAILED";
    public const string PageLoop = "PAGE_LOOP";
    public const string TooManyPages = "TOO_MANY_PAGES";
    public const string SharedRecord = "SHARED_RECORD";
    public const string TraitsUnreadable = "TRAITS_UNREADABLE";
    public const string UnknownPatient = "UNKNOWN_PATIENT";
    public const string AmbiguousPatient = "AMBIGUOUS_PATIENT";
    public const string TypeNotTaken = "TYPE_NOT_TAKEN";
    public const string ContentElsewhere = "CONTENT_ELSEWHERE";
    public const string NotAResource = "NOT_A_RESOURCE";
    public const string EditConflict = "EDIT_CONFLICT";
}

/// <summary>Follows the pages of a Bundle: own origin only, never the same page twice, never more than the settings allow.</summary>
internal sealed class BundlePager(FhirEndpoint endpoint, FhirServerSettings settings)
{
    public async IAsyncEnumerable<PagedAnswer> PagesAsync(
        Func<CancellationToken, Task<FhirAnswer>> first, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? link = null;
        for (var number = 1; ; number++)
        {
            var paged = Paged(await (link is null ? first(cancellationToken) : endpoint.FollowAsync(link, cancellationToken)), link);
            yield return paged;
            if (paged.Page?.Next is not { } next || paged.Fault is not null)
                yield break;
            if (!seen.Add(next))
            {
                yield return new PagedAnswer(null, FhirFaultCodes.PageLoop, default, next);
                yield break;
            }
            if (number >= settings.MaxPages)
            {
                yield return new PagedAnswer(null, FhirFaultCodes.TooManyPages, default, next);
                yield break;
            }
            link = next;
        }
    }

    private static PagedAnswer Paged(FhirAnswer answer, string? link)
    {
        if (answer.Fault is { } fault)
            return new PagedAnswer(null, fault, answer, link);
        var page = BundlePage.Read(answer.Body);
        return page.Shape switch
        {
            BundleShape.Whole => new PagedAnswer(page, answer.Cut ? SourceFaultCodes.BadAnswer : null, answer, link),
            BundleShape.Cut => new PagedAnswer(page, SourceFaultCodes.BadAnswer, answer, link),
            BundleShape.NotABundle => new PagedAnswer(null, SourceFaultCodes.BadAnswer, answer, link),
            _ => throw new InvalidOperationException("Unknown shape."),
        };
    }
}
