using System.Globalization;
using System.Xml.Linq;
using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Plugins.CiSisCda.Http;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.HistoriqueRemboursements.Service;

/// <summary>
/// The HTTP protocol of the service, described in the README of this plug-in. Whoever is asked about stands in the form, never in the address.
/// </summary>
internal sealed class HistoryService(HttpClient http, Uri address)
{
    internal static readonly XNamespace Ns = "urn:web-medecin:historique:2009";

    /// <summary>A change of the journal.</summary>
    internal static readonly XName Change = Ns + "modification";

    private static readonly JournalWords Words = new(Change, "numero", "premier", "dernier", "jusque");

    private const string UnknownPatient = "ASSURE_INCONNU";
    private const int MaxAnswerBytes = 16 * 1024 * 1024;

    internal async Task ProbeAsync(CancellationToken cancellationToken)
    {
        using var answer = await SourceHttp.GetAsync(http, new Uri(address, "sante"), cancellationToken);
        SourceHttp.Accept(answer);
    }

    /// <summary>The documents of a patient; null when the service does not know the patient.</summary>
    internal async Task<HistoryList?> FindAsync(PatientKey patient, CancellationToken cancellationToken)
    {
        using var answer = await SourceHttp.PostAsync(http, new Uri(address, "historique"), Of(patient), cancellationToken);
        // A 404 alone may be a wrong address, and must not make every patient unknown: only the service's own word counts.
        if (answer.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            var body = await SourceHttp.BodyAsync(answer, MaxAnswerBytes, cancellationToken);
            return HardenedXml.TryRead(body, MaxAnswerBytes, out var error, out _) && IsUnknown(error)
                ? null
                : throw new SourceFaultException(SourceFaultCodes.ErrorStatus);
        }
        var root = await AnswerAsync(answer, "periodes", cancellationToken);
        return root is null ? null : HistoryList.Of(root);
    }

    /// <summary>The bytes of a document.</summary>
    internal async Task<ReadOnlyMemory<byte>> FetchAsync(PatientKey patient, string document, CancellationToken cancellationToken)
    {
        using var answer = await SourceHttp.PostAsync(
            http, new Uri(address, "document"), [.. Of(patient), new("document", document)], cancellationToken);
        SourceHttp.Accept(answer);
        return await SourceHttp.BodyAsync(answer, CdaReader.MaxBytes, cancellationToken);
    }

    /// <summary>Patients after a matricule, in its ordinal order.</summary>
    internal async Task<IReadOnlyList<PatientKey>> ListAsync(string after, int count, CancellationToken cancellationToken)
    {
        var root = await AskAsync("assures", after, count, cancellationToken);
        return [.. root.Elements(Ns + "assure").Select(patient => PatientOf(patient) ?? throw new SourceFaultException(SourceFaultCodes.BadAnswer))];
    }

    /// <summary>The journal after a number.</summary>
    internal async Task<JournalPage> ChangesAsync(long after, int count, CancellationToken cancellationToken) =>
        JournalPage.Of(await AskAsync("modifications", after.ToString(CultureInfo.InvariantCulture), count, cancellationToken), Words);

    /// <summary>The key an element names by <c>oid</c> and <c>matricule</c>; null when it does not.</summary>
    internal static PatientKey? PatientOf(XElement element) =>
        element.Attr("oid") is { } oid && element.Attr("matricule") is { } number ? new PatientKey($"urn:oid:{oid}", number) : null;

    private async Task<XElement> AskAsync(string resource, string after, int count, CancellationToken cancellationToken)
    {
        KeyValuePair<string, string>[] form = [new("apres", after), new("nombre", count.ToString(CultureInfo.InvariantCulture))];
        using var answer = await SourceHttp.PostAsync(http, new Uri(address, resource), form, cancellationToken);
        return await AnswerAsync(answer, resource, cancellationToken) ?? throw new SourceFaultException(SourceFaultCodes.BadAnswer);
    }

    /// <summary>The answer, of the name expected; null when the service says that it does not know the patient.</summary>
    private static async Task<XElement?> AnswerAsync(HttpResponseMessage answer, string name, CancellationToken cancellationToken)
    {
        SourceHttp.Accept(answer);
        var body = await SourceHttp.BodyAsync(answer, MaxAnswerBytes, cancellationToken);
        if (!HardenedXml.TryRead(body, MaxAnswerBytes, out var root, out _))
            throw new SourceFaultException(SourceFaultCodes.BadAnswer);
        if (root.Name == Ns + name)
            return root;
        if (IsUnknown(root))
            return null;
        throw new SourceFaultException(root.Name == Ns + "erreur" ? SourceFaultCodes.ErrorStatus : SourceFaultCodes.BadAnswer);
    }

    private static bool IsUnknown(XElement root) => root.Name == Ns + "erreur" && root.Attr("code") == UnknownPatient;

    private static KeyValuePair<string, string>[] Of(PatientKey patient) =>
        [new("oid", CodeSystems.OidOf(patient.System)), new("matricule", patient.Value)];
}
