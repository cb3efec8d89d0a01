using System.Security.Cryptography;
using DmpFederation.Sdk.Conformance.Fixtures;

namespace DmpFederation.Sdk.Conformance.Checks;

/// <summary><see cref="IDocumentContent"/>.</summary>
internal static class DocumentChecks
{
    private const string Opens = "CNF-611";

    private sealed record Opened(string ContentType, long? Stated, long Length, string Sha256);

    public static IReadOnlyList<Check> All { get; } =
    [
        new(Opens, "Documents open with their media type and bytes", "Answer the bytes the legacy keeps, and a Length only when it is right.",
            bench =>
            Capability.ProveAsync<IDocumentContent>(bench, "documents", bench.Fixture.Documents.Count > 0, (documents, session) => OpenAsync(bench,
                documents, session)))
        { Needs = [ReadingChecks.ReadsRight] },
        new("CNF-612", "A document of another patient is not there",
            "Look the document up under the patient asked for, and answer null when it is another's.", bench =>
            Capability.AlsoAsync<IDocumentContent>(bench, bench.Fixture.Documents.Count > 0, (documents, session) => OfOthersAsync(bench, documents,
                session)))
        { Needs = [Opens] },
        new("CNF-613", "A document nobody holds is null, and no error", "Answer null when the local id names nothing.", bench =>
            Capability.AlsoAsync<IDocumentContent>(bench, bench.Fixture.Documents.Count > 0, async (documents, session) =>
            {
                var key = bench.Fixture.Patient(bench.Fixture.Documents[0].Patient).Key.Key;
                var end = await AskAsync(bench, documents, key, "conformance-no-such-document");
                return Verdict.Of(end.Problem("OpenContentAsync", bench.Deadline) ?? (end.Value is null ? null : "something was opened"));
            }))
        { Needs = [Opens] },
    ];

    private static Task<CallEnd<Opened?>> AskAsync(Bench bench, IDocumentContent documents, PatientKey key, string localId) =>
        bench.CallAsync<Opened?>("OpenContentAsync", async token =>
        {
            await using var content = await documents.OpenContentAsync(key, localId, token);
            if (content is null)
                return null;
            using var counted = new MemoryStream();
            await content.Content.CopyToAsync(counted, token);
            return new Opened(content.ContentType, content.Length, counted.Length, Convert.ToHexStringLower(SHA256.HashData(counted.ToArray())));
        });

    private static async Task<Verdict> OpenAsync(Bench bench, IDocumentContent documents, Session session)
    {
        foreach (var expected in bench.Fixture.Documents)
        {
            var end = await AskAsync(bench, documents, bench.Fixture.Patient(expected.Patient).Key.Key, expected.LocalId);
            if ((end.Problem("OpenContentAsync", bench.Deadline) ?? Difference(expected, end.Value)) is { } problem)
                return Verdict.Fail($"document {expected.LocalId}: {problem}{bench.UnansweredBy(session)}");
        }
        return Verdict.Pass;
    }

    private static string? Difference(DocumentFixture expected, Opened? opened)
    {
        if (opened is null)
            return "it is not there";
        if (opened.ContentType != expected.ContentType)
            return $"its media type is {opened.ContentType}, {expected.ContentType} was expected";
        if (opened.Sha256 != expected.Sha256)
            return $"its {opened.Length} bytes have the SHA-256 {opened.Sha256}, {expected.Sha256} was expected";
        return (opened.Stated ?? opened.Length) != opened.Length || (expected.Length ?? opened.Length) != opened.Length
            ? $"it has {opened.Length} bytes; stated {opened.Stated}, expected {expected.Length}"
            : null;
    }

    private static async Task<Verdict> OfOthersAsync(Bench bench, IDocumentContent documents, Session session)
    {
        foreach (var document in bench.Fixture.Documents)
        {
            var owner = bench.Fixture.Patient(document.Patient);
            foreach (var other in bench.Fixture.Persons.Where(person => person != owner))
            {
                var end = await AskAsync(bench, documents, other.Key.Key, document.LocalId);
                if (end.Problem("OpenContentAsync", bench.Deadline) is { } problem)
                    return Verdict.Fail($"document {document.LocalId}, asked for another patient: {problem}{bench.UnansweredBy(session)}");
                if (end.Value is not null)
                    return Verdict.Fail($"document {document.LocalId} opened for a patient it is not filed under");
            }
        }
        return Verdict.Pass;
    }
}
