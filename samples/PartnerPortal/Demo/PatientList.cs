using System.Globalization;
using Microsoft.Extensions.Options;

namespace DmpFederation.PartnerPortal.Demo;

/// <summary>A patient of the demo to choose from.</summary>
internal sealed record ListedPatient(string Ins, string BirthName, string GivenName, string BirthDate)
{
    /// <summary>What a user sees and searches in.</summary>
    public string Label => $"{BirthName} {GivenName}, {Wording.DateText.Of(BirthDate)}";

    /// <summary>Hides the traits.</summary>
    public override string ToString() => "ListedPatient";
}

/// <summary>The demo's <c>patients.csv</c>: <c>ins,system,birthName,givenName,birthDate,sex</c>. A real portal has its own patients.</summary>
internal sealed class PatientList(IOptions<PortalOptions> options)
{
    private const int Shown = 30;

    /// <summary>The first patients whose names hold every word; empty when there is no file.</summary>
    public async Task<IEnumerable<ListedPatient>> SearchAsync(string? text, CancellationToken cancellationToken)
    {
        if (options.Value.Patients is not { Length: > 0 } file || !File.Exists(file))
            return [];
        var words = (text ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        var found = new List<ListedPatient>();
        var first = true;
        await foreach (var line in File.ReadLinesAsync(file, cancellationToken))
        {
            var fields = line.Split(',');
            if (!first && fields.Length == 6)
            {
                var patient = new ListedPatient($"{fields[1]}|{fields[0]}", fields[2], fields[3], fields[4]);
                if (words.All(word => CultureInfo.InvariantCulture.CompareInfo.IndexOf(
                    $"{patient.Label} {fields[0]}", word, CompareOptions.OrdinalIgnoreCase) >= 0))
                    found.Add(patient);
                if (found.Count == Shown)
                    break;
            }
            first = false;
        }
        return found;
    }
}
