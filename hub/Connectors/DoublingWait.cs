namespace DmpFederation.Hub.Connectors;

/// <summary>A wait that is twice as long after each failure.</summary>
internal static class DoublingWait
{
    /// <param name="first">After the first failure.</param>
    /// <param name="longest">Never longer than this.</param>
    /// <param name="failures">Failures before this one.</param>
    public static TimeSpan Of(TimeSpan first, TimeSpan longest, int failures)
    {
        // Twenty doublings of a hundredth of a second are hours: no wait gets near the end of what a span can hold.
        var wait = first * Math.Pow(2, Math.Min(failures, 20));
        return wait < longest ? wait : longest;
    }
}
