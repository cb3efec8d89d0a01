namespace DmpFederation.Sdk.Conformance.Checks;

/// <summary>Holds a declared capability against what the fixture can prove of it, in both directions.</summary>
internal static class Capability
{
    /// <summary>Runs a check with the capability, when it is declared and the fixture has data for it.</summary>
    /// <param name="bench">What the check works with.</param>
    /// <param name="key">Key of <c>conformance.json</c>.</param>
    /// <param name="hasData">The fixture has it.</param>
    /// <param name="check">The check.</param>
    public static async Task<Verdict> ProveAsync<T>(Bench bench, string key, bool hasData, Func<T, Session, Task<Verdict>> check)
        where T : class
    {
        await using var session = await bench.OpenAsync();
        return session.Connector is not T capability
            ? hasData
                ? Verdict.Fail($"not declared: the fixture has '{key}', the connector does not implement {typeof(T).Name}")
                : Verdict.NotApplicable($"the connector does not implement {typeof(T).Name}")
            : hasData ? await check(capability, session)
                : Verdict.Fail($"not proven: the connector implements {typeof(T).Name}, the fixture has no '{key}'");
    }

    /// <summary>As <see cref="ProveAsync"/>, for the further checks of a capability: they do not apply without it.</summary>
    public static async Task<Verdict> AlsoAsync<T>(Bench bench, bool hasData, Func<T, Session, Task<Verdict>> check)
        where T : class
    {
        await using var session = await bench.OpenAsync();
        return session.Connector is T capability && hasData
            ? await check(capability, session)
            : Verdict.NotApplicable($"the connector does not implement {typeof(T).Name}");
    }
}
