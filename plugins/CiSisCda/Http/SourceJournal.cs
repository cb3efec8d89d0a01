using System.Runtime.CompilerServices;
using System.Xml.Linq;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CiSisCda.Http;

/// <summary>Follows a source's journal page by page, from a number up to the end it had when the following began.</summary>
internal static class SourceJournal
{
    /// <summary>Every change after a number, in order, each once.</summary>
    /// <param name="after">Number of the last change seen; 0 from the beginning.</param>
    /// <param name="ask">Asks for the page after a number.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="SourceFaultException">
    /// <see cref="SourceFaultCodes.CursorExpired"/>: beyond the end it is a number of another database, before the beginning the journal has
    /// forgotten what came after it.
    /// </exception>
    internal static async IAsyncEnumerable<(long Number, XElement Change)> FollowAsync(
        long after, Func<long, CancellationToken, Task<JournalPage>> ask, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long? last = null;
        while (true)
        {
            var page = await ask(after, cancellationToken);
            last ??= page.Last;
            if (after > last || after < page.First - 1)
                throw new SourceFaultException(SourceFaultCodes.CursorExpired);
            foreach (var change in page.Changes.Where(one => one.Number > after && one.Number <= last))
                yield return change;
            if (page.Until >= last)
                yield break;
            // A journal that does not go on would be asked for ever.
            if (page.Until <= after)
                throw new SourceFaultException(SourceFaultCodes.BadAnswer);
            after = page.Until;
        }
    }
}
