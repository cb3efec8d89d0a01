using System.Globalization;
using System.Net;
using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Plugins.CiSisCda.Http;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CdaRepository.Repository;

/// <summary>The HTTP protocol of the store: <c>index</c>, <c>documents/…</c>, <c>health</c>. Never leaves the store's address.</summary>
internal sealed class StoreClient(HttpClient http, Uri address)
{
    internal async Task ProbeAsync(CancellationToken cancellationToken)
    {
        using var answer = await SourceHttp.GetAsync(http, new Uri(address, "health"), cancellationToken);
        SourceHttp.Accept(answer);
    }

    /// <summary>The patient's documents; null when the patient is unknown.</summary>
    internal async Task<IReadOnlyList<IndexedDocument>?> FindAsync(PatientKey patient, CancellationToken cancellationToken)
    {
        var query = Uri.EscapeDataString(PatientIdOf(patient));
        using var answer = await SourceHttp.GetAsync(http, new Uri(address, $"index?patientId={query}"), cancellationToken);
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return null;
        SourceHttp.Accept(answer);
        return IndexReader.Read(await SourceHttp.BodyAsync(answer, IndexReader.MaxBytes, cancellationToken));
    }

    /// <summary>The bytes of a document.</summary>
    internal async Task<ReadOnlyMemory<byte>> FetchAsync(IndexedDocument document, CancellationToken cancellationToken) =>
        await FetchIfHeldAsync(document.Path, cancellationToken) ?? throw new SourceFaultException(SourceFaultCodes.ErrorStatus);

    /// <summary>The bytes at a path of the store; null when the store says that it holds none there.</summary>
    internal async Task<ReadOnlyMemory<byte>?> FetchIfHeldAsync(string path, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(address, path, out var target) || !IsInside(target))
            throw new SourceFaultException(SourceFaultCodes.ForeignLink);
        using var answer = await SourceHttp.GetAsync(http, target, cancellationToken);
        if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
            return null;
        SourceHttp.Accept(answer);
        return await SourceHttp.BodyAsync(answer, CdaReader.MaxBytes, cancellationToken);
    }

    /// <summary>The registry's journal after a number.</summary>
    internal async Task<JournalPage> ChangesAsync(long after, int count, CancellationToken cancellationToken)
    {
        var target = new Uri(address, string.Create(CultureInfo.InvariantCulture, $"changes?after={after}&count={count}"));
        using var answer = await SourceHttp.GetAsync(http, target, cancellationToken);
        SourceHttp.Accept(answer);
        return ChangeReader.Page(await SourceHttp.BodyAsync(answer, IndexReader.MaxBytes, cancellationToken));
    }

    // XDS patientID, the form the DMP's clients use for an INS-C: value^^^&oid&ISO^INS-C.
    private static string PatientIdOf(PatientKey patient)
    {
        var oid = patient.System.StartsWith("urn:oid:", StringComparison.Ordinal) ? patient.System["urn:oid:".Length..] : patient.System;
        var type = patient.System switch
        {
            PatientKeySystems.InsC => "INS-C",
            PatientKeySystems.InsNir or PatientKeySystems.InsNirTest or PatientKeySystems.InsNirDemo => "INS-NIR",
            PatientKeySystems.InsNia => "INS-NIA",
            _ => "PI",
        };
        return $"{patient.Value}^^^&{oid}&ISO^{type}";
    }

    private bool IsInside(Uri target) => address.IsBaseOf(target) && target.UserInfo.Length == 0;
}
