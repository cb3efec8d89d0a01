using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.CdaRepository.Tests;

public sealed class UnloadTests
{
    [Fact]
    public async Task After_reading_documents_nothing_holds_the_plug_in()
    {
        var contexts = new List<WeakReference>();
        for (var cycle = 0; cycle < 20; cycle++)
            contexts.Add(await LoadReadUnloadAsync());
        for (var collection = 0; collection < 10 && contexts.Exists(context => context.IsAlive); collection++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        contexts.Should().OnlyContain(context => !context.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> LoadReadUnloadAsync()
    {
        var context = new PluginContext(typeof(CdaRepositoryPlugin).Assembly.Location);
        var assembly = context.LoadFromAssemblyPath(typeof(CdaRepositoryPlugin).Assembly.Location);
        var plugin = (IFilePreview)Activator.CreateInstance(assembly.GetType(typeof(CdaRepositoryPlugin).FullName!)!)!;
        plugin.GetType().Should().NotBe<CdaRepositoryPlugin>("it comes from a context of its own");
        var document = CdaSample.One("18719-5", CdaSample.Result("<value xsi:type=\"PQ\" value=\"12.5\" unit=\"g/dL\"/>"));
        var read = 0;
        await foreach (var _ in plugin.PreviewAsync("a.xml", new MemoryStream(System.Text.Encoding.UTF8.GetBytes(document)), CancellationToken.None))
            read++;
        read.Should().Be(2);
        context.Unload();
        return new WeakReference(context);
    }

    /// <summary>Loads the plug-in's private library with it, as the hub does: a copy of the host's would not show whether it is let go of.</summary>
    private sealed class PluginContext(string plugin) : AssemblyLoadContext(isCollectible: true)
    {
        protected override Assembly? Load(AssemblyName assemblyName) => assemblyName.Name == "DmpFederation.Plugins.CiSisCda"
            ? LoadFromAssemblyPath(Path.Combine(Path.GetDirectoryName(plugin)!, assemblyName.Name + ".dll"))
            : null;
    }
}
