using System.Text.Json;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.FhirServer;

/// <summary>
/// Writes a fact once: the server creates it unless it holds it under the hub's id or the idempotency key already (FHIR R4, RESTful API,
/// §conditional create). What it holds is then compared by the digest it was written with, so that a write whose answer was lost ends well when it is repeated.
/// </summary>
internal sealed class ConditionalCreate(FhirEndpoint endpoint, BundlePager pager, PatientFinder finder, CreatableTypes types)
{
    public async ValueTask<string> WriteAsync(DossierEntry entry, string idempotencyKey, CancellationToken cancellationToken)
    {
        var type = TypeOf(entry);
        if (!WrittenResource.IsOfTypeWritten(type) || !await types.HasAsync(type, cancellationToken))
            throw Refused(FhirFaultCodes.TypeNotTaken);
        var patient = await PatientAsync(entry.FiledUnder, cancellationToken);
        var marks = new WriteMarks(entry, idempotencyKey);
        var (answer, location) = await endpoint.CreateAsync(
            type, WrittenResource.Of(entry, type, patient, marks), [marks.Search], cancellationToken);
        if (answer.Fault is not null)
            throw Fault(answer);
        return answer.Status == 201 && Created(answer, location, type) is { } localId
            ? localId
            : await HeldAsync(type, patient, marks, cancellationToken);
    }

    /// <summary>The server's own record of the patient. Records are made by admissions, never by a fact that arrives.</summary>
    private async Task<string> PatientAsync(PatientKey key, CancellationToken cancellationToken)
    {
        var found = await finder.FindAsync([key], cancellationToken);
        if (found.Items.OfType<ReadGap>().FirstOrDefault() is { } gap)
            throw new SourceFaultException(gap.Code);
        return found.Records switch
        {
            [{ Id: { } id }] when LogicalId.Is(id) => id,
            [] => throw Refused(FhirFaultCodes.UnknownPatient),
            [_] => throw new SourceFaultException(SourceFaultCodes.BadAnswer),
            _ => throw Refused(FhirFaultCodes.AmbiguousPatient),
        };
    }

    /// <summary>What the server holds under the id or the key, when it is this very fact.</summary>
    private async Task<string> HeldAsync(string type, string patient, WriteMarks marks, CancellationToken cancellationToken)
    {
        string? same = null;
        var held = 0;
        await foreach (var paged in pager.PagesAsync(token => endpoint.SearchAsync(type, [marks.Search], token), cancellationToken))
        {
            if (paged.Fault is { } fault)
                throw new SourceFaultException(fault);
            foreach (var entry in paged.Page!.Entries.Where(each => !each.Resource.IsEmpty && each.SearchMode is not ("outcome" or "include")))
            {
                held++;
                same ??= Same(entry.Resource, type, patient, marks);
            }
        }
        return (held, same) switch
        {
            // It answered well and holds nothing: whatever answered did not write, or its index is behind.
            (0, _) => throw new SourceFaultException(SourceFaultCodes.BadAnswer),
            (1, { } localId) => localId,
            _ => throw new SourceFaultException(SourceFaultCodes.Conflict),
        };
    }

    private string? Same(ReadOnlyMemory<byte> resource, string type, string patient, WriteMarks marks)
    {
        try
        {
            var head = ResourceHead.Read(resource);
            if (head.Type != type || !LogicalId.Is(head.Id) || head.SubjectReference is not { } subject)
                return null;
            using var document = JsonDocument.Parse(resource, new JsonDocumentOptions { MaxDepth = 256 });
            return PatientReferences.LocalId(endpoint.BaseUrl, subject) == patient && marks.AreOn(document.RootElement) ? head.LocalId : null;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            throw new SourceFaultException(SourceFaultCodes.BadAnswer);
        }
    }

    private static string? Created(FhirAnswer answer, Uri? location, string type)
    {
        if (location is not null && LogicalId.InLocation(location, type) is { } localId)
            return localId;
        try
        {
            var head = ResourceHead.Read(answer.Body);
            return head.Type == type && LogicalId.Is(head.Id) ? head.LocalId : null;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>
    /// A status alone may be a proxy's: only an OperationOutcome says that the fact itself is refused. 409 is an edit that came between, 412 that
    /// several resources answer to the condition.
    /// </summary>
    private static SourceFaultException Fault(FhirAnswer answer) => answer.Status switch
    {
        409 => new SourceFaultException(FhirFaultCodes.EditConflict),
        412 => new SourceFaultException(SourceFaultCodes.Conflict),
        413 => Refused(SourceFaultCodes.TooLarge),
        >= 400 and < 500 and not (401 or 403 or 408 or 425 or 429) when Outcomes.Refusal(answer.Body) is { } refusal =>
            new SourceFaultException(refusal.Code) { IsFinal = !refusal.MayPass },
        _ => new SourceFaultException(answer.Fault!),
    };

    private static string TypeOf(DossierEntry entry)
    {
        try
        {
            return ResourceHead.Read(entry.Resource).Type;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            throw Refused(FhirFaultCodes.NotAResource);
        }
    }

    private static SourceFaultException Refused(string code) => new(code) { IsFinal = true };
}
