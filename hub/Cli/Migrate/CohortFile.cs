using DmpFederation.Hub.Identity;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Cli.Migrate;

/// <summary>
/// The patients of a cohort: an identifier a line, as <c>system|value</c>, or an INS in any form of contract §3; what follows a <c>#</c> does not
/// count. What is wrong is said by line, never by number.
/// </summary>
internal static class CohortFile
{
    public static async Task<(IReadOnlyCollection<PatientKey> Patients, string? Problem)> ReadAsync(
        TextReader reader, string system, CancellationToken cancellationToken)
    {
        var patients = new HashSet<PatientKey>();
        for (var number = 1; await reader.ReadLineAsync(cancellationToken) is { } line; number++)
        {
            var text = line.AsSpan(0, line.IndexOf('#', StringComparison.Ordinal) is var comment and >= 0 ? comment : line.Length).Trim().ToString();
            if (text.Length == 0)
                continue;
            var bar = text.LastIndexOf('|');
            if (bar > 0 && bar < text.Length - 1 && !PatientKeySystems.IsIns(text[..bar]))
            {
                patients.Add(new PatientKey(text[..bar], text[(bar + 1)..]));
                continue;
            }
            var (ins, problem) = Ins.Parse(text, system);
            if (problem is not null)
                return ([], FormattableString.Invariant($"Line {number} of the cohort: INS_INVALID {problem.Rule}: {problem.Message}"));
            patients.Add(ins!.Value.Key);
        }
        return patients.Count > 0 ? (patients, null) : ([], "The cohort names nobody.");
    }
}
