using System.Runtime.CompilerServices;
using System.Text;
using DmpFederation.Sdk;

namespace DmpFederation.BadPlugins.Careless;

public sealed class CarelessPlugin : IConnectorPlugin, IFilePreview
{
    /// <summary>A preview has no settings: the sample's name says what to do wrong.</summary>
    public async IAsyncEnumerable<ReadItem> PreviewAsync(
        string fileName, Stream content, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancellationToken);
        var patient = new PatientKey(PatientKeySystems.InsNirTest, "279035121518989");
        if (fileName.StartsWith("throws", StringComparison.Ordinal) && bytes.Length == 0)
            throw new InvalidOperationException("empty");
        foreach (var line in Lines.Of(bytes.ToArray()))
            yield return Lines.Item(line, patient);
    }

    public ISourceConnector Open(SourceContext context)
    {
        var defects = new Defects(context.Settings.Find("defects"));
        var folder = context.Settings.Find("folder");
        LegacyStore store = folder is not null ? new FolderStore(folder) : new HttpStore(context.Http, context.Settings.HttpAddress("baseUrl"),
            defects);
        if (defects.Has("asks-on-open"))
            Ask(context);
        if (defects.Has("throws-on-own-thread"))
            new Thread(static () => throw new InvalidOperationException("nobody catches this")).Start();
        if (defects.Has("never-unloads"))
            AppDomain.CurrentDomain.ProcessExit += static (_, _) => GC.KeepAlive(typeof(CarelessPlugin));
        if (defects.Has("undeclared"))
            return new CarelessReader(store, defects);
        return folder is not null
            ? new CarelessWriter(store, defects, context.StateFolder, folder)
            : new CarelessConnector(store, defects, context.StateFolder);
    }

    private static void Ask(SourceContext context)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(context.Settings.HttpAddress("baseUrl"), "health"));
            using var answer = context.Http.Send(request);
        }
        catch (HttpRequestException)
        {
            return;
        }
    }
}

/// <summary>A file of FHIR resources, one a line.</summary>
internal static class Lines
{
    public static IEnumerable<string> Of(byte[] file) =>
        Encoding.UTF8.GetString(file).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static ReadItem Item(string line, PatientKey patient)
    {
        var resource = Encoding.UTF8.GetBytes(line);
        try
        {
            return DossierEntry.FromJson(resource, new EntryContext(patient));
        }
        catch (EntryFormatException fault)
        {
            return new Unreadable { Code = fault.Code, Reason = "The line is no FHIR resource.", Raw = resource, Patient = patient };
        }
    }
}
