using System.Collections.Frozen;
using System.Text.Json;
using DmpFederation.Hub.Access;
using DmpFederation.Hub.Identity;
using DmpFederation.Sdk;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Deposits;

/// <summary>A deposit that may be kept, or what to mend: the depositor is there to mend it, so nothing wrong is kept.</summary>
/// <param name="Entry">The fact as it will be given; null when there is something to mend.</param>
/// <param name="Labels">Every label it bears.</param>
/// <param name="Fault">What to mend; null when there is nothing.</param>
internal sealed record CheckedDeposit(DossierEntry? Entry, IReadOnlyList<string> Labels, DepositFault? Fault)
{
    public static implicit operator CheckedDeposit(DepositFault fault) => new(null, [], fault);
}

/// <summary>Holds what a depositor sent against what a dossier can keep. Keeps and changes nothing.</summary>
internal sealed class DepositCheck(IResourceCheck resources, ICertifiedIdentities identities, IOptions<DepositOptions> options)
{
    /// <summary>Resources a dossier has a category for and whose <c>identifier</c> may be repeated, so that a name can be added.</summary>
    private static readonly FrozenSet<string> Types = new[]
    {
        "AllergyIntolerance", "CarePlan", "Condition", "DiagnosticReport", "DocumentReference", "Encounter", "ExplanationOfBenefit", "ImagingStudy",
        "Immunization", "MedicationDispense", "MedicationRequest", "MedicationStatement", "Observation", "Procedure",
    }.ToFrozenSet(StringComparer.Ordinal);

    public async Task<CheckedDeposit> CheckAsync(
        DepositDraft draft, Ins patient, Actor depositor, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        if (Early(draft, patient) is { } early)
            return early;
        if (resources.Check(draft.Resource.Span) is { } invalid)
            return DepositFault.Bad(invalid.Code, invalid.Reason);
        var (sent, unread) = Read(draft.Resource, draft.UniqueId, patient);
        if (sent is null)
            return unread!;
        if (draft.Content is not null && sent.Category != EntryCategory.Document)
            return DepositFault.Bad("CONTENT_OF_NO_DOCUMENT", "Only a document has 'content'.");
        if (!await IsAboutAsync(sent.Subject, patient, cancellationToken))
            return DepositFault.Bad("SUBJECT", "The resource's subject bears another national identifier than 'ins'.");
        var labels = DepositLabels.Of(draft.Confidentiality, sent.Confidentiality, depositor);
        if (DepositLabels.Contradiction(labels) is { } contradiction)
            return contradiction;
        var (kept, fault) = KeptResource.Of(draft.Resource, draft.UniqueId, labels.Except(sent.Confidentiality), receivedAt);
        if (kept is null)
            return fault!;
        var (entry, _) = Read(kept, draft.UniqueId, patient);
        return new CheckedDeposit(entry!, labels, null);
    }

    private DepositFault? Early(DepositDraft draft, Ins patient)
    {
        var limits = options.Value;
        if (UniqueId.Problem(draft.UniqueId, "uniqueId", patient) is { } unnamed)
            return unnamed;
        if (draft.Replaces is { } former)
        {
            if (UniqueId.Problem(former, "replaces", patient) is { } unknown)
                return unknown;
            if (former == draft.UniqueId)
                return DepositFault.Bad("REPLACES_ITSELF", "A correction has a 'uniqueId' of its own.");
        }
        if (draft.Resource.Length > limits.MaxResourceBytes)
            return DepositFault.Bad("FHIR_LENGTH", $"'fhir' is longer than {limits.MaxResourceBytes} bytes.");
        if (draft.Content is { } content)
        {
            if (content.Bytes.Length == 0 || content.Bytes.Length > limits.MaxContentBytes)
                return DepositFault.Bad("CONTENT_LENGTH", $"'content' must hold 1 to {limits.MaxContentBytes} bytes.");
            if (!System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(content.ContentType, out _) || content.ContentType.Length > 100)
                return DepositFault.Bad("CONTENT_TYPE", "'contentType' must be a media type such as application/pdf.");
        }
        return DepositLabels.Problem(draft.Confidentiality);
    }

    private static (DossierEntry? Entry, DepositFault? Fault) Read(ReadOnlyMemory<byte> resource, string uniqueId, Ins patient)
    {
        try
        {
            if (TypeOf(resource.Span) is not { } type || !Types.Contains(type))
                return (null, DepositFault.Bad("RESOURCE_TYPE", $"'fhir' must be one of {string.Join(", ", Types.Order(StringComparer.Ordinal))}."));
            return (DossierEntry.FromJson(resource, new EntryContext(patient.Key, uniqueId)), null);
        }
        catch (EntryFormatException unread)
        {
            return (null, DepositFault.Bad(unread.Code, unread.Message));
        }
    }

    private static string? TypeOf(ReadOnlySpan<byte> resource)
    {
        var json = new Utf8JsonReader(resource);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isType = json.ValueTextEquals("resourceType"u8);
            json.Read();
            if (isType)
                return json.TokenType == JsonTokenType.String ? json.GetString() : null;
            json.Skip();
        }
        return null;
    }

    /// <summary>What is filed under a structure's own number cannot be compared; a national identifier can, and must be this person's.</summary>
    private async Task<bool> IsAboutAsync(PatientKey? subject, Ins patient, CancellationToken cancellationToken)
    {
        if (subject is not { } named || !PatientKeySystems.IsIns(named.System) || named == patient.Key)
            return true;
        return (await identities.FindAsync(patient, cancellationToken)).OtherIns(patient).Contains(named);
    }
}
