using System.Runtime.CompilerServices;
using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.Tests.ReseauDiabete;

/// <summary>CsvHelper keeps caches and compiled expressions: used by its parser alone, it lets the plug-in go.</summary>
public sealed class UnloadTests : NetworkFixture
{
    [Fact]
    public async Task The_plug_in_unloads_after_it_took_a_week_answered_followed_and_refused()
    {
        Export(10, HbA1c(501), HbA1c(502) with { Unit = "?" });
        Edit(10, "suivi", text => text.Replace("\n502;1;C;", "\n502;1;C;\"", StringComparison.Ordinal));
        var contexts = new List<WeakReference>();
        for (var cycle = 0; cycle < 10; cycle++)
            contexts.Add(await LoadUseUnload(Directory.CreateDirectory(Path.Combine(State, $"{cycle}")).FullName));
        await Task.Yield();

        for (var round = 0; round < 20 && contexts.Any(context => context.IsAlive); round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        contexts.Where(context => context.IsAlive).Should().BeEmpty();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<WeakReference> LoadUseUnload(string state)
    {
        var loaded = new PluginContext("ReseauDiabete");
        var plugin = loaded.Create();
        var connector = plugin.Open(new SourceContext
        {
            SourceId = "reseau-diabete",
            Settings = new SourceSettings(new Dictionary<string, string> { ["folder"] = Folder }),
            Http = new HttpClient(),
            Clock = Clock,
            PatientKeySystems = [PatientKeySystems.InsC],
            StateFolder = state,
        });
        (await Shown(connector)).Should().Equal("suivi/501 7.2 v1");
        (await ((IChangeFeed)connector).ReadChangesAsync(null, CancellationToken.None).CountAsync()).Should().Be(2);
        await using (var file = File.OpenRead(PathOf(10)))
            (await ((IFilePreview)plugin).PreviewAsync("a.csv", file, CancellationToken.None).CountAsync()).Should().Be(3);
        await connector.DisposeAsync();
        loaded.Unload();
        return new WeakReference(loaded);
    }
}
