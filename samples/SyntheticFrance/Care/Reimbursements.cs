using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Population;
using DmpFederation.SyntheticFrance.Randomness;
using DmpFederation.SyntheticFrance.Terminology;

namespace DmpFederation.SyntheticFrance.Care;

/// <summary>
/// What the assurance maladie paid for, seen by the web médecin over twelve months. Boxes, acts and stays that other sources hold are the same facts
/// with one origin more; visits, acts of biology and radiology, paid vaccines and devices are facts of its own. It comes after the life of the
/// patient and draws from dice of its own: nothing that was there changes.
/// </summary>
internal static class Reimbursements
{
    private const double Insured = 0.93;
    private const double Claimed = 0.92;
    private const double HasId = 0.85;

    public static void Follow(Chart chart, Dice dice, bool leading)
    {
        // The general scheme knows nearly everybody; some are of a scheme the service does not speak for.
        if (!dice.Chance(Insured) && !leading)
            return;
        var claims = ClaimsOf(chart, dice);
        Radiology(claims, dice, chart);
        Devices(claims, dice, chart);
    }

    /// <summary>What the facts of an insured patient's chart make the service pay for.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="dice">Any.</param>
    /// <param name="renewed">A device that is needed again, and the day; null when none is.</param>
    public static void Claim(Chart chart, Dice dice, (SyntheticCode Device, DateOnly Day)? renewed)
    {
        var claims = ClaimsOf(chart, dice);
        if (renewed is var (device, day))
            claims.Device(device, day, dice.Pick(Professionals.Pharmacists));
    }

    /// <summary>Devices that a chronic condition asks for, with the days one lasts.</summary>
    public static IReadOnlyList<(string Condition, SyntheticCode Device, int Days)> Chronic { get; } =
        [("E11", Reimbursed.TestStrips, 61), ("E11", Reimbursed.Lancets, 122), ("J45", Reimbursed.InhalationChamber, 365)];

    private static Claims ClaimsOf(Chart chart, Dice dice)
    {
        var claims = new Claims(chart, dice);
        chart.AlsoHeld(claims.Held);
        foreach (var fact in chart.Made.ToList())
            claims.After(fact);
        return claims;
    }

    private static void Radiology(Claims claims, Dice dice, Chart chart)
    {
        var today = chart.Calendar.Today;
        if (dice.Chance(0.12))
            claims.Act(Reimbursed.ChestRadiograph, today.AddDays(-dice.Between(8, 400)), Professionals.Radiologist);
        if (chart.Person is { Sex: "F" } && chart.Person.AgeOn(today) is >= 50 and <= 74 && dice.Chance(0.5))
            claims.Act(Reimbursed.Mammography, today.AddDays(-dice.Between(8, 700)), Professionals.Radiologist);
        if (dice.Chance(0.1))
            claims.Act(Reimbursed.AbdominalUltrasound, today.AddDays(-dice.Between(8, 400)), Professionals.Radiologist);
    }

    private static void Devices(Claims claims, Dice dice, Chart chart)
    {
        var pharmacist = dice.Pick(Professionals.Pharmacists);
        foreach (var (condition, device, days) in Chronic)
        {
            if (!chart.Conditions.Contains(condition) || !dice.Chance(0.7))
                continue;
            for (var day = chart.Calendar.Today.AddDays(-dice.Between(5, 60)); day > chart.Calendar.Today.AddMonths(-14); day = day.AddDays(-days))
                claims.Device(device, day, pharmacist);
        }

        if (dice.Chance(0.06))
            claims.Device(Reimbursed.Stockings, chart.Calendar.Today.AddDays(-dice.Between(5, 360)), pharmacist);
    }

    /// <summary>The lines of one patient.</summary>
    private sealed class Claims(Chart chart, Dice dice)
    {
        private readonly ReimbursementIds ids = new(chart.IdNumber, chart.Index);

        /// <summary>How the service holds a fact of other sources; null when it does not.</summary>
        public SyntheticOrigin? Held(SyntheticFact fact)
        {
            var day = DateOnly.FromDateTime(fact.Date.DateTime);
            if (ReimbursementWindow.IsNearEdge(day, chart.Calendar.Today) || !dice.Chance(Claimed))
                return null;
            switch (fact.Kind)
            {
                case FactKind.Dispensation when !DispensationWindow.IsVaccine(fact.Codes[^1].Code):
                    return Numbered("medication", day, fact.Codes[0]);
                case FactKind.Act:
                    return Origin(ids.Derived("act", day, fact.Codes[0].System, fact.Codes[0].Code), day);
                case FactKind.Stay:
                    return Origin(ids.Derived("stay", day, CodeSystems.ActCode, "IMP"), day);
                default:
                    return null;
            }
        }

        /// <summary>The lines that come with a fact: the visit behind a measurement, the act behind a result, the vaccine behind its box.</summary>
        public void After(SyntheticFact fact)
        {
            var day = DateOnly.FromDateTime(fact.Date.DateTime);
            switch (fact.Kind)
            {
                case FactKind.VitalSign:
                    Act(Reimbursed.Consultation, day, fact.Author);
                    break;
                case FactKind.Act when fact.Author.Specialty is not "G15_10/SM26":
                    Act(Reimbursed.SpecialistConsultation, day, fact.Author);
                    break;
                case FactKind.LabResult when Reimbursed.ActOf(fact.Codes[0].Code) is { } act:
                    Act(act, day, fact.Author);
                    break;
                case FactKind.Vaccination when fact.Author.Specialty == "G15_60":
                    Act(Reimbursed.NurseCare, day, fact.Author);
                    break;
                case FactKind.Dispensation when DispensationWindow.IsVaccine(fact.Codes[^1].Code):
                    Add(FactKind.ReimbursedVaccine, "vaccine", fact.Codes, day, fact.Author, fact.Value);
                    break;
                default:
                    break;
            }
        }

        public void Act(SyntheticCode act, DateOnly day, SyntheticAuthor author)
        {
            if (IsLine(day, act.Code))
                Make(FactKind.Act, [act], day, author, null, Origin(ids.Derived("act", day, act.System, act.Code), day));
        }

        public void Device(SyntheticCode device, DateOnly day, SyntheticAuthor author) =>
            Add(FactKind.ReimbursedDevice, "device", [device], day, author, 1);

        private void Add(FactKind kind, string word, IReadOnlyList<SyntheticCode> codes, DateOnly day, SyntheticAuthor author, decimal? count)
        {
            // The box itself was noted under its code; that it was paid for is another fact.
            if (IsLine(day, $"{word} {codes[0].Code}"))
                Make(kind, codes, day, author, count, Numbered(word, day, codes[0]));
        }

        private bool IsLine(DateOnly day, string code) =>
            day < chart.Calendar.Today && day > chart.Person.BirthDate && !ReimbursementWindow.IsNearEdge(day, chart.Calendar.Today)
            && chart.IsNew(day, code);

        private void Make(
            FactKind kind, IReadOnlyList<SyntheticCode> codes, DateOnly day, SyntheticAuthor author, decimal? count, SyntheticOrigin origin) =>
            chart.Add(new SyntheticFact
            {
                Id = ids.NextFactId(),
                Kind = kind,
                Date = ParisTime.At(day),
                Codes = codes,
                Value = count,
                Author = author,
                Origins = [origin],
            });

        // Most lines of products bear an id of the service's, some do not, as in the public example.
        private SyntheticOrigin Numbered(string kind, DateOnly day, SyntheticCode code)
        {
            if (!dice.Chance(HasId))
                return Origin(ids.Derived(kind, day, code.System, code.Code), day);
            var id = ids.Next();
            return Origin($"{id.Root}^{id.Extension}", day) with { Identifiers = [id.Identifier] };
        }

        private SyntheticOrigin Origin(string localId, DateOnly day) => new()
        {
            SourceId = SourceIds.WebMedecin,
            LocalId = localId,
            Visible = ReimbursementWindow.Shows(day, chart.Calendar.VisibleOn),
        };
    }
}
