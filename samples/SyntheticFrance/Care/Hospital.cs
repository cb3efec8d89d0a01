using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Population;
using DmpFederation.SyntheticFrance.Randomness;
using DmpFederation.SyntheticFrance.Terminology;

namespace DmpFederation.SyntheticFrance.Care;

/// <summary>Stays, and the cancer pathway of the dossier communicant de cancérologie: meeting, care plan, surgery, follow-up.</summary>
internal static class Hospital
{
    private static readonly IReadOnlyList<(SyntheticCode Reason, SyntheticCode Act)> Reasons =
    [
        (Problems.Icd("K80.2", "Calcul de la vésicule biliaire sans cholécystite"), Acts.Ccam("HMFC004", "Cholécystectomie, par cœlioscopie")),
        (Problems.Icd("M16.1", "Autres coxarthroses primaires"), Acts.Ccam("NEKA020", "Remplacement de l'articulation coxofémorale par prothèse totale")),
        (Problems.Icd("M17.1", "Autres gonarthroses primaires"), Acts.Ccam("NFKA007", "Remplacement de l'articulation du genou par prothèse")),
        (Problems.Icd("J18.9", "Pneumopathie, sans précision"), Acts.Ccam("ZBQK002", "Radiographie du thorax")),
    ];

    public static void Episode(Chart chart)
    {
        var (reason, act) = chart.Dice.Pick(Reasons);
        var entered = chart.Calendar.Today.AddDays(-chart.Dice.Between(30, 900));
        Stay(chart, reason, act, entered, chart.Dice.Between(1, 7), Professionals.Surgeon);
        if (reason.Code == "J18.9")
            Documents.File(
                chart, DocumentTypes.Imaging, ParisTime.At(entered, 20, 10), Professionals.Radiologist, DocumentForm.Pdf,
                "Radiographie du thorax de face : foyer de condensation de la base droite, pas d'épanchement.");
    }

    public static void Cancer(Chart chart)
    {
        var dice = chart.Dice;
        var breast = chart.Person.Sex == "F";
        var problem = breast ? Problems.BreastCancer : Problems.ColonCancer;
        var found = chart.Calendar.Today.AddDays(-dice.Between(150, 800));
        chart.Suffers(problem);
        chart.Aside(Streams.Cancer, () => Discovery(chart, breast, found));
        chart.History.Add(new HistoryItem(FactKind.Problem, problem, found, Professionals.Oncologist));
        FilePlan(
            chart, DocumentTypes.MultidisciplinaryMeeting, "21874-3", ParisTime.At(found.AddDays(12), 12, 30),
            breast ? "Proposition : tumorectomie puis radiothérapie et hormonothérapie." : "Proposition : colectomie puis surveillance.");
        FilePlan(
            chart, DocumentTypes.CarePlan, "18776-5", ParisTime.At(found.AddDays(16), 10, 45),
            "Plan personnalisé de soins remis au patient.");
        var act = breast ? Acts.BreastTumourRemoval : Acts.Ccam("HHFA009", "Colectomie droite avec rétablissement de la continuité");
        var operated = found.AddDays(24);
        Stay(chart, problem, act, operated, dice.Between(2, 8), Professionals.Surgeon);
        chart.Aside(Streams.Cancer, () => Specimen(chart, breast, operated));
        foreach (var after in (int[])[40, 75, 110])
            Laboratory.Sample(
                chart, found.AddDays(after + dice.Next(8)), (Analytes.Haemoglobin, dice.Around(11.8m, 0.9m, 1)),
                (Analytes.Platelets, dice.Around(240m, 50m, 0)), (Analytes.Leucocytes, dice.Around(5.4m, 1.2m, 1)));
        if (breast)
            chart.Treatments.Add(new Treatment(Medicines.Letrozole, found.AddDays(60)));
    }

    // What finds the tumour, before any meeting: an image or an endoscopy, then the biopsy.
    private static void Discovery(Chart chart, bool breast, DateOnly found)
    {
        Consultations.Perform(chart, breast ? Acts.Mammography : Acts.TotalColonoscopy, found.AddDays(-9), Professionals.Radiologist);
        Documents.File(
            chart, DocumentTypes.Pathology, ParisTime.At(found, 15, 20), Professionals.Pathologist, DocumentForm.Pdf,
            breast
                ? "Microbiopsie du sein : carcinome canalaire infiltrant de grade 2, récepteurs hormonaux positifs."
                : "Biopsies coliques : adénocarcinome lieberkühnien bien différencié.");
    }

    private static void Specimen(Chart chart, bool breast, DateOnly operated)
    {
        Documents.File(
            chart, DocumentTypes.OperativeReport, ParisTime.At(operated.AddDays(1), 13, 40), Professionals.Surgeon, DocumentForm.Pdf,
            breast ? "Tumorectomie avec ganglion sentinelle. Hémostase. Fermeture en deux plans." : "Colectomie avec anastomose. Pas d'incident.");
        Documents.File(
            chart, DocumentTypes.Pathology, ParisTime.At(operated.AddDays(chart.Dice.Between(8, 15)), 16, 5), Professionals.Pathologist, DocumentForm.Pdf,
            breast ? "Pièce de tumorectomie : pT1c pN0, exérèse en marges saines." : "Pièce de colectomie : pT3 pN0, marges saines.");
    }

    /// <summary>Files a meeting sheet or care plan; where its content is held, what it proposes is a fact of its own.</summary>
    /// <param name="section">LOINC code of the section that proposes: readers find the plan there, so it names the fact.</param>
    private static void FilePlan(Chart chart, SyntheticCode type, string section, DateTimeOffset date, string text)
    {
        if (Documents.File(chart, type, date, Professionals.Oncologist, DocumentForm.Structured, text) is not { } report)
            return;
        chart.Add(new SyntheticFact
        {
            Id = chart.NextFactId(),
            Kind = FactKind.CarePlan,
            Date = date,
            Codes = [type],
            Text = text,
            Author = Professionals.Oncologist,
            Origins = [new SyntheticOrigin { SourceId = SourceIds.FrancheComte, LocalId = $"{report.LocalId}#{section}/0", DocumentFactId = report.FactId }],
        });
    }

    private static void Stay(Chart chart, SyntheticCode reason, SyntheticCode act, DateOnly entered, int nights, SyntheticAuthor author)
    {
        var left = entered.AddDays(nights);
        if (left >= chart.Calendar.Today)
            return;
        if (chart.Holdings.Picardie && chart.IsNew(entered, reason.Code))
        {
            chart.Add(new SyntheticFact
            {
                Id = chart.NextFactId(),
                Kind = FactKind.Stay,
                Date = ParisTime.At(entered, 8, 30),
                End = ParisTime.At(left, 11),
                Codes = [reason],
                Author = author,
                Origins = [chart.InPicardie("Encounter")],
            });
            Consultations.Perform(chart, act, entered, author);
        }

        Documents.File(
            chart, DocumentTypes.DischargeLetter, ParisTime.At(left, 12), author, DocumentForm.Pdf,
            $"Motif d'hospitalisation : {reason.Label}. Acte : {act.Label}. Suites simples. Consultation de contrôle à six semaines.");
    }
}
