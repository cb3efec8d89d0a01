using System.Text.RegularExpressions;
using DmpFederation.Sdk.Conformance.Fixtures;

namespace DmpFederation.Sdk.Conformance.Checks;

/// <summary>Finds the persons of a fixture in a text where none may stand.</summary>
internal sealed class PatientWords
{
    private const int ShortestWord = 3;

    private readonly IReadOnlyList<(string What, Regex Pattern)> patterns;

    public PatientWords(Fixture fixture) => patterns =
    [
        .. fixture.Persons.Select(person => ("a patient's identifier", Exact(person.Key.Value))),
        .. fixture.Persons.SelectMany(person => person.Traits?.Words() ?? [])
            .Concat(fixture.Identities.SelectMany(identity => identity.Persons).SelectMany(person => person.Words()))
            .Where(word => word.Length >= ShortestWord)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(word => ("a patient's name or birth date", Word(word))),
    ];

    /// <summary>What of a person stands in the text, or null.</summary>
    public string? FindIn(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        foreach (var (what, pattern) in patterns)
        {
            if (pattern.IsMatch(text))
                return what;
        }
        return null;
    }

    private static Regex Exact(string value) => new(Regex.Escape(value), RegexOptions.CultureInvariant);

    private static Regex Word(string word) =>
        new($@"(?<![\p{{L}}\p{{N}}]){Regex.Escape(word)}(?![\p{{L}}\p{{N}}])", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);
}
