using DmpFederation.SyntheticFrance.Care;
using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Population;
using DmpFederation.SyntheticFrance.Terminology;

namespace DmpFederation.SyntheticFrance.Living;

/// <summary>
/// What may befall a patient on a day, by the same clinical models that wrote their life: what is due of a long illness, and visits to a doctor.
/// </summary>
internal sealed class Episodes
{
    private const decimal UsualHbA1c = 7.0m;

    private readonly Chart chart;
    private readonly KnownFacts known;
    private readonly DateOnly day;
    private readonly List<(IReadOnlyList<string> Sources, Action Happens)> fitting = [];

    /// <param name="chart">A chart that goes on.</param>
    /// <param name="known">What is known of the patient.</param>
    /// <param name="day">The day.</param>
    /// <param name="knownTo">Dossiers of the patient.</param>
    public Episodes(Chart chart, KnownFacts known, DateOnly day, IReadOnlySet<string> knownTo)
    {
        (this.chart, this.known, this.day) = (chart, known, day);
        Pharmacies();
        Doctors();
        if (!known.IsSampled(day))
            Samplings();
        Vaccines();
        if (knownTo.Contains(SourceIds.WebMedecin))
            Devices();
        if (knownTo.Contains(SourceIds.ReseauDiabete) && known.IsDue(NetworkTerms.Visit.Code, day, 10))
            fitting.Add(([SourceIds.ReseauDiabete], () => NetworkVisit = day));
    }

    /// <summary>Day of a visit to the diabetes network, when that is what happened.</summary>
    public DateOnly? NetworkVisit { get; private set; }

    /// <summary>A device that was needed again, when that is what happened.</summary>
    public (SyntheticCode Device, DateOnly Day)? Renewed { get; private set; }

    /// <summary>Lets one of them happen, of which a dossier is likely to hear.</summary>
    /// <returns>False when nothing fits.</returns>
    public bool Happen(string source)
    {
        var near = fitting.Where(episode => episode.Sources.Contains(source)).ToList();
        var eligible = near.Count > 0 ? near : fitting;
        if (eligible.Count == 0)
            return false;
        chart.Dice.Pick(eligible).Happens();
        return true;
    }

    private void Pharmacies()
    {
        var due = chart.Treatments.Where(treatment => known.IsDue(treatment.Medicine.Cip13, day, treatment.DaysBetweenBoxes - 4)).ToList();
        if (due.Count > 0)
            fitting.Add((chart.Holdings.OfDispensations, () => Pharmacy.Visit(chart, day, [.. due.Select(one => (one.Medicine, one.Boxes))])));
    }

    private void Doctors()
    {
        if (known.IsDue(VitalSigns.Systolic.Code, day, 2) && known.IsDue(VitalSigns.Weight.Code, day, 2)
            && known.IsDue(Reimbursed.Consultation.Code, day, 2))
            fitting.Add((
                [SourceIds.Picardie, SourceIds.FrancheComte, SourceIds.WebMedecin, SourceIds.Dp],
                () => Consultations.Visit(chart, day, weighed: known.IsDue(VitalSigns.Weight.Code, day, 60))));
        var diabetic = chart.Conditions.Contains("E11");
        if ((diabetic || chart.Conditions.Contains("I10") || chart.Conditions.Contains("I48")) && known.IsDue(Acts.Electrocardiogram.Code, day, 300))
            fitting.Add(([SourceIds.Picardie], () => Consultations.Perform(chart, Acts.Electrocardiogram, day, Professionals.Cardiologist)));
        if (diabetic && known.IsDue(Acts.Fundus.Code, day, 300))
            fitting.Add(([SourceIds.Picardie], () => Consultations.Perform(chart, Acts.Fundus, day, Professionals.Endocrinologist)));
    }

    private void Samplings()
    {
        When("E11", Analytes.HbA1c, 60, () => Diabetes.NextQuarter(chart, day, known.LastValue(Analytes.HbA1c.Code) ?? UsualHbA1c));
        When("I10", Analytes.Creatinine, 120, () => ChronicCare.SampleKidneys(chart, day));
        When("I48", Analytes.Inr, 20, () => ChronicCare.SampleInr(chart, day));
        When("E03", Analytes.Tsh, 120, () => ChronicCare.SampleThyroid(chart, day));
        When("E78", Analytes.Ldl, 300, () => Laboratory.Sample(chart, day, Lipids.Of(chart.Dice, treated: true).Measured(chart.Dice)));
        // Anybody may have a fever.
        When(null, Analytes.Crp, 10, () => ChronicCare.SampleInflammation(chart, day));
    }

    private void Vaccines()
    {
        var dispensed = day.AddDays(-4);
        if (dispensed.Month is 10 or 11 or 12 or 1 && Vaccinations.IsOfferedInfluenza(chart, chart.Person.AgeOn(day))
            && known.IsDue(Medicines.FluVaccine.Atc, day, 240))
            fitting.Add(([SourceIds.FrancheComte, SourceIds.Dp], () => Vaccinations.Give(chart, Medicines.FluVaccine, dispensed)));
    }

    private void Devices()
    {
        foreach (var (condition, device, days) in Reimbursements.Chronic)
        {
            if (chart.Conditions.Contains(condition) && known.IsDue(device.Code, day, days - 5))
                fitting.Add(([SourceIds.WebMedecin], () => Renewed = (device, day)));
        }
    }

    private void When(string? condition, Analyte analyte, int days, Action sample)
    {
        if ((condition is null || chart.Conditions.Contains(condition)) && known.IsDue(analyte.Code, day, days))
            fitting.Add(([SourceIds.LabosRhoneAlpes, SourceIds.FrancheComte, SourceIds.Picardie], sample));
    }
}
