using System.Runtime.CompilerServices;
using DmpFederation.Plugins.HprimBiologie.Codes;
using DmpFederation.Plugins.HprimBiologie.Extraction;
using DmpFederation.Plugins.HprimBiologie.Folder;
using DmpFederation.Plugins.HprimBiologie.Hprim;
using DmpFederation.Plugins.HprimBiologie.Index;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.HprimBiologie;

/// <summary>Laboratories that drop HPRIM Médecins result files into a folder.</summary>
public sealed class HprimBiologiePlugin : IConnectorPlugin, IFilePreview
{
    /// <inheritdoc/>
    public ISourceConnector Open(SourceContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var settings = context.Settings;
        return new HprimBiologieConnector(new FolderFollower(
            new FollowerSettings(
                settings.Text("folder"),
                context.StateFolder,
                settings.Find("codesFile") is { Length: > 0 } codes ? codes : null,
                Seconds(settings, "scanSeconds", 2, 3600),
                Seconds(settings, "quietSeconds", 30, 86_400),
                TimeSpan.FromMilliseconds(Within(settings, "waitForFolderMs", 1500, 0, 60_000))),
            context.Clock), new UnassignedNews(context.Clock));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ReadItem> PreviewAsync(
        string fileName, Stream content, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        using var file = new MemoryStream();
        var block = new byte[64 * 1024];
        int read;
        while (file.Length <= DropFolder.MostBytes && (read = await content.ReadAsync(block, cancellationToken)) > 0)
            file.Write(block, 0, read);
        if (file.Length > DropFolder.MostBytes)
        {
            yield return FolderScan.Oversized.At(FilePosition.Of(fileName));
            yield break;
        }
        var hprim = HprimReader.Read(file.ToArray());
        using var entries = new ReportEntries(LaboratoryCodes.BuiltIn);
        foreach (var problem in hprim.Problems)
            yield return problem.At(FilePosition.Of(fileName));
        foreach (var report in hprim.Reports)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var patient = LocalIds.Patient(report.Header);
            foreach (var entry in entries.Make(report, patient, null))
                yield return entry;
            foreach (var problem in report.Problems)
                yield return problem.At(FilePosition.Of(fileName), patient, LocalIds.Report(report.Header.Sender, report.Header.FileNumber));
        }
    }

    private static TimeSpan Seconds(SourceSettings settings, string name, int fallback, int most) =>
        TimeSpan.FromSeconds(Within(settings, name, fallback, 1, most));

    private static int Within(SourceSettings settings, string name, int fallback, int least, int most) =>
        settings.Integer(name, fallback) is var number && number >= least && number <= most
            ? number
            : throw new SourceSettingsException(name, $"must be from {least} to {most}");
}
