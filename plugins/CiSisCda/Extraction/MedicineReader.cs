using System.Xml.Linq;
using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CiSisCda.Extraction;

/// <summary>The product of a prescription, dispensation, treatment or vaccine: CIS, CIP, UCD, ATC codes wherever models put them, and name.</summary>
internal static class MedicineReader
{
    internal static Concept Read(XElement statement, EntryScope scope)
    {
        var product = statement.At("consumable", "manufacturedProduct") ?? statement.At("product", "manufacturedProduct");
        var material = product.Part("manufacturedMaterial") ?? product.Part("manufacturedLabeledDrug");
        var own = scope.Concepts.Read(material.Part("code"));
        var codings = own.Codings.ToList();
        // Pharmacy extensions (urn:ihe:pharm:medication): the package, and the class the product belongs to.
        var package = material.Extension("asContent").Extension("containerPackagedMedicine")
            ?? material.Extension("asContent").Extension("containerPackagedProduct");
        Add(codings, scope.Concepts.Read(package.Extension("code")));
        foreach (var kind in (material?.Elements() ?? []).Where(child => child.Name.LocalName == "asSpecializedKind"))
            Add(codings, scope.Concepts.Read(kind.Extension("generalizedMedicineClass").Extension("code")));
        var name = material.Part("name").Line() ?? own.Text ?? codings.Find(coding => coding.Display is not null)?.Display;
        return new Concept(codings, name, own.NullFlavor ?? material.NullFlavor());
    }

    internal static string? LotOf(XElement statement) => Material(statement).Part("lotNumberText").Line();

    /// <summary>Pharmaceutical form: all that is coded of a preparation made up by the pharmacist.</summary>
    internal static string? FormOf(XElement statement) => Hl7.Collapse(Material(statement).Extension("formCode").Attr("displayName"));

    internal static FhirDate? ExpiryOf(XElement statement) => CdaTime.StartOf(Material(statement).Extension("expirationTime"));

    private static XElement? Material(XElement statement) =>
        statement.At("consumable", "manufacturedProduct", "manufacturedMaterial")
        ?? statement.At("product", "manufacturedProduct", "manufacturedMaterial");

    private static void Add(List<Coding> codings, Concept more)
    {
        foreach (var coding in more.Codings)
        {
            if (!codings.Exists(known => known.System == coding.System && known.Code == coding.Code))
                codings.Add(coding);
        }
    }
}
