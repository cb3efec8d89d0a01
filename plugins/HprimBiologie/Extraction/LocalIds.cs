using System.Globalization;
using System.Text;
using DmpFederation.Plugins.HprimBiologie.Hprim;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.HprimBiologie.Extraction;

/// <summary>
/// Ids of reports, results and patients within a source. They are made of the numbers laboratories give, never of traits, so that a file sent again
/// or renamed changes none. In a part <c>/</c> and <c>%</c> are written <c>%2F</c> and <c>%25</c>.
/// </summary>
internal static class LocalIds
{
    /// <summary>System of the keys laboratories know their patients by: <c>{sender}/{patient code}</c>.</summary>
    public const string PatientSystem = "urn:dmpfederation:labo-patient";

    /// <summary>System of the senders' codes.</summary>
    public const string LaboratorySystem = "urn:dmpfederation:labo";

    /// <summary>Before the number of a report that names no patient code: it is then the only thing its patient is known by.</summary>
    private const char OfReport = '~';

    /// <summary><c>{sender}/{file number}</c>.</summary>
    public static string Report(string sender, string fileNumber) => $"{Part(sender)}/{Part(fileNumber)}";

    /// <summary>Sender and file number of an id made by <see cref="Report"/>; null when it is none.</summary>
    public static (string Sender, string Number)? ParseReport(string? localId) =>
        localId?.Split('/') is [var sender, var number] ? (Uri.UnescapeDataString(sender), Uri.UnescapeDataString(number)) : null;

    /// <summary><c>{report}/{code}</c>, or <c>{report}/~{label}</c> without a code; <c>/2</c>, <c>/3</c>, … when the report has the code again.</summary>
    /// <param name="report">Id of the report.</param>
    /// <param name="result">The result.</param>
    /// <param name="used">Ids without their last part, counted; filled here.</param>
    public static string Result(string report, HprimResult result, Dictionary<string, int> used)
    {
        var id = result.Code.Length > 0 ? $"{report}/{Part(result.Code)}" : $"{report}/{OfReport}{Part(result.Label)}";
        var times = used[id] = used.GetValueOrDefault(id) + 1;
        return times == 1 ? id : string.Create(CultureInfo.InvariantCulture, $"{id}/{times}");
    }

    /// <summary>Key of a local patient.</summary>
    public static PatientKey Patient(HprimHeader header) => Patient(header.Sender, header.PatientCode, header.FileNumber);

    /// <inheritdoc cref="Patient(HprimHeader)"/>
    public static PatientKey Patient(string sender, string patientCode, string fileNumber) => new(
        PatientSystem, patientCode.Length > 0 ? $"{Part(sender)}/{Part(patientCode)}" : $"{Part(sender)}/{OfReport}{Part(fileNumber)}");

    /// <summary>Parts of a key made by <see cref="Patient(HprimHeader)"/>: a patient code or else a file number. Null when it is none.</summary>
    public static (string Sender, string? PatientCode, string? FileNumber)? Parse(PatientKey key)
    {
        if (key.System != PatientSystem || key.Value.Split('/') is not [{ Length: > 0 } sender, { Length: > 0 } rest])
            return null;
        return rest[0] == OfReport
            ? (Uri.UnescapeDataString(sender), null, Uri.UnescapeDataString(rest[1..]))
            : (Uri.UnescapeDataString(sender), Uri.UnescapeDataString(rest), null);
    }

    /// <summary>System of a laboratory's own codes of analytes.</summary>
    public static string CodeSystem(string sender) => $"{LaboratorySystem}:{Uri.EscapeDataString(sender)}";

    private static string Part(string text)
    {
        var part = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (letter is '/' or '%' || char.IsControl(letter) || (letter == OfReport && part.Length == 0))
                part.Append(CultureInfo.InvariantCulture, $"%{(letter < 256 ? (int)letter : '?'):X2}");
            else
                part.Append(letter);
        }
        return part.ToString();
    }
}
