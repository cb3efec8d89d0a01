namespace DmpFederation.Hub.Identity;

/// <summary>What <c>ins check</c> tells of a text. It never repeats the number.</summary>
/// <param name="Valid">True when shape and key are right.</param>
/// <param name="Kind">Type code (<c>INS-NIR-TEST</c>, <c>INS-C</c>, …); null when not valid.</param>
/// <param name="Rule">The rule that failed; null when valid.</param>
/// <param name="Message">The same for a person.</param>
internal sealed record InsCheck(bool Valid, string? Kind, string? Rule, string Message)
{
    /// <summary>Checks a text.</summary>
    public static InsCheck Of(string? text, string defaultSystem)
    {
        var (ins, problem) = Ins.Parse(text, defaultSystem);
        if (ins is not { } found)
            return new InsCheck(false, null, problem!.Rule, problem.Message);
        var kind = InsKind.NameOf(found.System);
        return new InsCheck(true, kind, null, $"Valid {kind}: shape and key are right.");
    }
}
