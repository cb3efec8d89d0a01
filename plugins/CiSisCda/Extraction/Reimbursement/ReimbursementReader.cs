using System.Xml.Linq;
using DmpFederation.Plugins.CiSisCda.Cda;

namespace DmpFederation.Plugins.CiSisCda.Extraction.Reimbursement;

/// <summary>
/// Lines of an historique des remboursements (CNAM-HR): medicines, vaccines, devices, stays, acts. A line proves that something was paid for, and
/// each kind of line says so in its own resource.
/// </summary>
internal static class ReimbursementReader
{
    private const string Type = "REMB";
    private const string Template = "1.2.250.1.213.1.1.1.36";

    internal static bool Is(CdaDocument document) => document.Type.Has(Type) || document.HasTemplate(Template);

    /// <summary>Null when the line names nothing, or what was refused rather than paid (a negated line that is no vaccine).</summary>
    internal static Fact? Read(XElement statement, EntryScope scope)
    {
        var isVaccine = statement.Name.LocalName == "substanceAdministration" && VaccinationReader.IsVaccination(statement, scope);
        if (statement.IsNegated() && !isVaccine)
            return null;
        return (statement.Name.LocalName, isVaccine) switch
        {
            ("substanceAdministration", true) => ReimbursedVaccine.Read(new ReimbursedLine(statement, scope)),
            ("substanceAdministration", false) => ReimbursedMedicine.Read(new ReimbursedLine(statement, scope)),
            ("supply", _) => ReimbursedDevice.Read(new ReimbursedLine(statement, scope)),
            ("encounter", _) => ReimbursedStay.Read(new ReimbursedLine(statement, scope)),
            ("procedure", _) => ReimbursedAct.Read(new ReimbursedLine(statement, scope)),
            _ => null,
        };
    }
}
