using System.Runtime.CompilerServices;
using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;
using static DmpFederation.Plugins.Tests.DossierPharmaceutique.ADispensation;

namespace DmpFederation.Plugins.Tests.DossierPharmaceutique;

public sealed class DpUnloadOnSqliteTests() : DpUnloadTests(new SqliteDpHost());

public sealed class DpUnloadOnPostgreSqlTests() : DpUnloadTests(new PostgreSqlDpHost());

/// <summary>The built plug-in folder in a load context of its own, as the hub loads it.</summary>
public abstract class DpUnloadTests(DpHost host) : DpFixture(host)
{
    [SkippableFact]
    public async Task The_plug_in_unloads_after_it_was_used()
    {
        Record([1], Line("L1", 1, "20260312"));
        var contexts = new List<WeakReference>();
        for (var cycle = 0; cycle < 3; cycle++)
            contexts.Add(await LoadUseUnload());
        // The last await came back on a stack that begins inside the plug-in's driver.
        await Task.Yield();

        for (var round = 0; round < 20 && contexts.Any(context => context.IsAlive); round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        contexts.Where(context => context.IsAlive).Should().BeEmpty();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<WeakReference> LoadUseUnload()
    {
        var loaded = new PluginContext("DossierPharmaceutique");
        var connector = loaded.Create().Open(new SourceContext
        {
            SourceId = "dp",
            Settings = new SourceSettings(new Dictionary<string, string> { ["connection"] = Host.Connection }),
            Http = new HttpClient(),
            Clock = Clock,
            PatientKeySystems = [PatientKeySystems.InsNirTest],
            StateFolder = Path.GetTempPath(),
        });
        (await ReadIds(connector, Key(1))).Should().Equal("L1");
        await connector.DisposeAsync();
        loaded.Unload();
        return new WeakReference(loaded);
    }
}
