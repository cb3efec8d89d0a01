using System.Text.Json;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.FhirServer;

/// <summary>OperationOutcome inside a Bundle: errors make the answer partial, warnings and information do not.</summary>
internal static class Outcomes
{
    private const string Unnamed = "OUTCOME_ERROR";

    public static IEnumerable<ReadGap> Gaps(ReadOnlyMemory<byte> outcome)
    {
        using var document = JsonDocument.Parse(outcome, new JsonDocumentOptions { MaxDepth = 256 });
        return
        [
            .. document.RootElement.Items("issue")
                .Where(issue => issue.Text("severity") is "error" or "fatal")
                .Select(issue => new ReadGap(Code(issue.Text("code")))),
        ];
    }

    /// <summary>The issue type as a stable code. Free text put in its place by a careless server never becomes one.</summary>
    private static string Code(string? issueType) =>
        issueType is { Length: > 0 and <= 24 } && issueType.All(letter => char.IsAsciiLetterLower(letter) || letter == '-')
            ? issueType.ToUpperInvariant().Replace('-', '_')
            : Unnamed;
}
