using System.Text.Json;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.FhirServer;

/// <summary>OperationOutcomes: inside a Bundle errors make the answer partial, warnings and information do not; alone they say why not.</summary>
internal static class Outcomes
{
    private const string Unnamed = "OUTCOME_ERROR";

    /// <summary>Issue types after which the same again may do better (FHIR R4, issue-type, below <c>transient</c>).</summary>
    private static readonly string[] Transient =
        ["TRANSIENT", "LOCK_ERROR", "NO_STORE", "EXCEPTION", "TIMEOUT", "INCOMPLETE", "THROTTLED"];

    public static IEnumerable<ReadGap> Gaps(ReadOnlyMemory<byte> outcome)
    {
        using var document = JsonDocument.Parse(outcome, new JsonDocumentOptions { MaxDepth = 256 });
        return [.. Errors(document).Select(code => new ReadGap(code))];
    }

    /// <summary>Why a request was refused, by an answer that should be an OperationOutcome; null when it is none, or none with an error.</summary>
    public static (string Code, bool MayPass)? Refusal(ReadOnlyMemory<byte> answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer, new JsonDocumentOptions { MaxDepth = 256 });
            if (document.RootElement.Text("resourceType") != "OperationOutcome" || Errors(document).FirstOrDefault() is not { } code)
                return null;
            return (code, Transient.Contains(code));
        }
        catch (JsonException)
        {
            // A page of a proxy: it says nothing about the fact.
            return null;
        }
    }

    private static IEnumerable<string> Errors(JsonDocument document) => document.RootElement.Items("issue")
        .Where(issue => issue.Text("severity") is "error" or "fatal")
        .Select(issue => Code(issue.Text("code")));

    /// <summary>The issue type as a stable code. Free text put in its place by a careless server never becomes one.</summary>
    private static string Code(string? issueType) =>
        issueType is { Length: > 0 and <= 24 } && issueType.All(letter => char.IsAsciiLetterLower(letter) || letter == '-')
            ? issueType.ToUpperInvariant().Replace('-', '_')
            : Unnamed;
}
