using System.Xml.Linq;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CiSisCda.Cda;

/// <summary>Identity traits of a recordTarget (CI-SIS: nom de naissance BR, nom d'usage CL or SP, COG in the birth place).</summary>
internal static class CdaTraits
{
    internal static PatientTraits? Of(CdaDocument document)
    {
        if (document.RecordTarget.Part("patient") is not { } patient)
            return null;
        var families = patient.Parts("name").SelectMany(name => name.Parts("family")).ToList();
        var givens = patient.Parts("name").SelectMany(name => name.Parts("given")).ToList();
        return new PatientTraits
        {
            BirthName = Family(families, "BR") ?? Family(families, null),
            UsedName = Family(families, "CL") ?? Family(families, "SP"),
            GivenNames = Givens(givens),
            BirthDate = CdaTime.Of(patient.Part("birthTime")),
            Sex = patient.Part("administrativeGenderCode").Attr("code") switch
            {
                "F" => TraitSex.Female,
                "M" => TraitSex.Male,
                _ => TraitSex.Unknown,
            },
            BirthPlaceCode = patient.At("birthplace", "place", "addr", "county").Line(),
            Keys = document.PatientKeys,
            // A CDA header does not say how the identity was checked.
            Status = IdentityStatus.Provisional,
        };
    }

    private static string? Family(List<XElement> families, string? qualifier) =>
        families.Find(family => family.Attr("qualifier") == qualifier).Line();

    // Without a qualifier: the whole list of birth given names. Old models only have the first one, qualified BR.
    private static List<string> Givens(List<XElement> givens)
    {
        var list = givens.Where(given => given.Attr("qualifier") is null).Select(given => given.Line()).OfType<string>().ToList();
        if (list.Count == 0)
            list = [.. givens.Where(given => given.Attr("qualifier") == "BR").Select(given => given.Line()).OfType<string>()];
        return [.. list.SelectMany(names => names.Split(' '))];
    }
}
