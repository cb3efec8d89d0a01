using System.Globalization;
using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.LegacySystems.DossierPharmaceutique;

/// <summary>Turns the invented patients into dossiers and lines, in batches.</summary>
internal sealed class DpWorldWriter(DpRegister register, DateOnly today) : IWorldWriter
{
    private const string Cip13 = "urn:oid:1.2.250.1.213.2.3.2";
    private const string Atc = "http://www.whocc.no/atc";
    private const int BatchLines = 5_000;

    private readonly List<(string, string, string)> dossiers = [];
    private readonly List<DpLine> lines = [];
    private readonly List<(string Line, int Boxes)> corrections = [];
    private readonly List<string> cancellations = [];

    public void Add(SyntheticPatient patient)
    {
        var number = string.Create(CultureInfo.InvariantCulture, $"DP{patient.Index:D10}");
        var opened = "";
        foreach (var fact in patient.Facts)
        {
            foreach (var origin in fact.Origins)
            {
                if (origin.SourceId != DossierPharmaceutiqueSystem.Name)
                    continue;
                var line = Line(fact, origin, number);
                if (opened.Length == 0)
                    opened = line.DateDelivrance;
                lines.Add(line);
                if (origin.Withdrawn)
                    cancellations.Add(line.Id);
                else if (origin.Erratum is not null)
                    corrections.Add((line.Id, (int)fact.Value!.Value));
            }
        }
        if (opened.Length == 0)
            return;
        dossiers.Add((number, patient.RecordedIdentity(DossierPharmaceutiqueSystem.Name).InsNir, opened));
        if (lines.Count >= BatchLines)
            Flush();
    }

    public void Dispose()
    {
        Flush();
        register.Dispose();
    }

    private void Flush()
    {
        register.Record(dossiers, lines);
        foreach (var (line, boxes) in corrections)
            register.CorrectQuantity(line, boxes);
        foreach (var line in cancellations)
            register.Cancel(line);
        dossiers.Clear();
        lines.Clear();
        corrections.Clear();
        cancellations.Clear();
    }

    private DpLine Line(SyntheticFact fact, SyntheticOrigin origin, string number)
    {
        var atc = fact.Codes.FirstOrDefault(code => code.System == Atc)?.Code;
        var cip = fact.Codes.FirstOrDefault(code => code.System == Cip13)?.Code;
        var nature = ProductNature.Of(atc);
        var day = DateOnly.FromDateTime(fact.Date.DateTime);
        return new DpLine
        {
            Id = origin.LocalId,
            NumeroDp = number,
            DateDelivrance = day.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
            Cip13 = cip,
            Libelle = fact.Codes[0].Label,
            CodeAtc = atc,
            Quantite = (origin.Erratum ?? fact.Value) is { } boxes ? (int)boxes : null,
            Nature = nature,
            OfficineFiness = fact.Author.Finess,
            // A line the world hides although its window is open, and that stands, is one the patient refused.
            Refusee = !origin.Visible && !origin.Withdrawn && day >= today.AddMonths(-MonthsVisible(nature)),
            DateSaisie = (origin.Recorded ?? fact.Date).UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture),
            RefSysteme = origin.Identifiers.Count > 0 ? origin.Identifiers[0].System : null,
            RefValeur = origin.Identifiers.Count > 0 ? origin.Identifiers[0].Value : null,
        };
    }

    private static int MonthsVisible(string nature) => nature switch
    {
        ProductNature.Vaccine => 252,
        ProductNature.Biological => 36,
        _ => 12,
    };
}
