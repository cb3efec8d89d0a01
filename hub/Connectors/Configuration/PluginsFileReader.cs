using System.Collections.Immutable;
using static DmpFederation.Hub.Connectors.Configuration.PluginsFileVocabulary;

namespace DmpFederation.Hub.Connectors.Configuration;

/// <summary>Reads <c>plugins.json</c>. A bad entry is a source with its faults; only a bad file has file faults.</summary>
internal static class PluginsFileReader
{
    public static PluginsConfiguration Read(ReadOnlyMemory<byte> utf8)
    {
        var (document, unparsable) = ConfigurationText.Parse(utf8);
        if (document is null)
            return Unusable(unparsable!);

        using (document)
        {
            var fileFaults = new List<ConfigurationFault>();
            var root = new JsonObjectReader(document.RootElement, "", FileKeys, fileFaults);
            var folders = root.Texts(PluginFolders).ToImmutableArray();
            var entryFaults = new List<ConfigurationFault>();
            var sources = new List<SourceConfiguration>();
            foreach (var (element, place) in root.List(Sources))
            {
                if (SourceEntryReader.Read(element, place, entryFaults) is { } source)
                    sources.Add(source);
            }
            return new PluginsConfiguration(folders, Unique(sources), [.. fileFaults], [.. entryFaults]);
        }
    }

    public static PluginsConfiguration Unusable(ConfigurationFault fault) => new([], [], [fault], []);

    /// <summary>Two entries of one id become one unusable source: asking either would be a guess.</summary>
    private static ImmutableArray<SourceConfiguration> Unique(List<SourceConfiguration> sources) =>
        [.. sources.GroupBy(source => source.Id, StringComparer.Ordinal).Select(group => group.Count() == 1
            ? group.First()
            : group.First() with
            {
                Faults = [new ConfigurationFault(string.Join(", ", group.Select(source => source.Place)), "have the same id")],
            })];
}
