using DmpFederation.Sdk.Conformance.Fixtures;

namespace DmpFederation.Sdk.Conformance.Checks;

/// <summary>The plug-in as a folder: may it be loaded at all, and is there something to check it with?</summary>
internal static class PackageChecks
{
    /// <summary>The last of these: what needs the loaded plug-in and its fixture needs this one.</summary>
    public const string Ready = "CNF-108";

    private const string FixtureIsUsable = "CNF-107";

    public static IReadOnlyList<Check> All { get; } =
    [
        Loading("CNF-101", "The manifest is well formed", "Write plugin.json as the SDK's README shows.", PluginRefusal.Manifest),
        Loading("CNF-102", "The plug-in is made for this SDK", "Build it against this SDK and name its range in \"sdk\".", PluginRefusal.SdkRange),
        Loading("CNF-103", "The entry assembly is the one the manifest names", "Let the SDK's build target write plugin.json.",
            PluginRefusal.Integrity),
        Loading("CNF-104", "Everything it refers to is in its folder", "Publish with EnableDynamicLoading, so that dependencies lie beside it.",
            PluginRefusal.Dependency),
        Loading("CNF-105", "One public class is its entry", "Keep one public IConnectorPlugin with a public constructor that does nothing.",
            PluginRefusal.EntryClass),
        Loading("CNF-106", "Its public surface shows types of the SDK and the framework only", "Make everything but the entry class internal.",
            PluginRefusal.PublicSurface),
        new(FixtureIsUsable, "A fixture is there and can be used", "Write conformance/conformance.json; its schema is conformance.schema.json.",
            bench =>
        {
            bench.Fixture = FixtureReader.Read(bench.FixtureFolder);
            return Task.FromResult(Verdict.Pass);
        }),
        new(Ready, "The fixture's settings are the manifest's",
            "Declare each setting in plugin.json, and set the required ones in conformance.json.", bench =>
            Task.FromResult(Verdict.Of(SettingsProblem(bench))))
        {
            Needs = ["CNF-101", "CNF-102", "CNF-103", "CNF-104", "CNF-105", "CNF-106", FixtureIsUsable],
        },
    ];

    private static Check Loading(string id, string title, string toFix, PluginRefusal step) => new(id, title, toFix, async bench =>
    {
        var refusal = await bench.LoadAsync();
        if (refusal is null || refusal.Step > step)
            return Verdict.Pass;
        return refusal.Step == step ? Verdict.Fail(refusal.Message) : Verdict.NotApplicable("waits for an earlier step of loading");
    });

    private static string? SettingsProblem(Bench bench)
    {
        var declared = bench.Plugin!.Settings;
        var unknown = bench.Fixture.Settings.Keys.FirstOrDefault(name => declared.All(setting => setting.Name != name));
        if (unknown is not null)
            return $"the fixture sets '{unknown}', which plugin.json does not declare";
        var missing = declared.FirstOrDefault(setting => setting is { Required: true, Default: null }
            && !bench.Fixture.Settings.ContainsKey(setting.Name));
        return missing is null ? null : $"plugin.json requires '{missing.Name}', which the fixture does not set";
    }
}
