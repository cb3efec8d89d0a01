using System.Text;

namespace DmpFederation.LegacySystems.ReseauDiabete;

/// <summary>Writes the two files of one export, row by row. They appear in the folder when it is disposed, the follow-up last.</summary>
internal sealed class ExportWriter : IDisposable
{
    private static readonly string[] PatientColumns =
    [
        "Numéro de patient", "Version", "Action", "INS-C", "Nom de naissance", "Nom d'usage", "Prénoms", "Date de naissance", "Sexe",
        "Code lieu de naissance",
    ];

    private static readonly string[] FollowUpColumns =
    [
        "Numéro d'enregistrement", "Version", "Action", "INS-C", "Date", "Rubrique", "Valeur", "Valeur 2", "Unité", "Code", "Libellé", "Commentaire",
        "RPPS", "Professionnel", "FINESS", "Structure", "Date de saisie",
    ];

    private readonly CsvFile patients;
    private readonly CsvFile followUp;

    public ExportWriter(string folder, ExportDay export, Encoding encoding)
    {
        Export = export;
        patients = new CsvFile(Path.Combine(folder, export.FileOf("patients")), export, encoding, PatientColumns);
        followUp = new CsvFile(Path.Combine(folder, export.FileOf("suivi")), export, encoding, FollowUpColumns);
    }

    public ExportDay Export { get; }

    public void Add(NetworkPatient patient) => patients.Write(
        patient.Number, CsvFile.Number(patient.Version), CsvFile.Action(patient.Action), patient.InsC, patient.BirthName, patient.UsedName,
        string.Join(' ', patient.GivenNames), CsvFile.Day(patient.BirthDate), patient.Sex, patient.BirthPlaceCode);

    public void Add(NetworkRow row) => followUp.Write(
        row.Number, CsvFile.Number(row.Version), CsvFile.Action(row.Action), row.InsC, CsvFile.Day(row.Date), row.Rubric, CsvFile.Number(row.Value),
        CsvFile.Number(row.Second), row.Unit, row.Code, row.Label, row.Comment, row.Rpps, row.Professional, row.Finess, row.Structure,
        row.Recorded is { } recorded ? CsvFile.Minute(recorded) : "");

    public void Dispose()
    {
        patients.Dispose();
        followUp.Dispose();
    }
}
