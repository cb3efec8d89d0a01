using DmpFederation.SyntheticFrance.Identity;
using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.SyntheticFrance.Terminology;

/// <summary>A box sold in an invented world: real ATC code and substance, invented brand house and CIP.</summary>
/// <param name="Cip7">Seven digits.</param>
/// <param name="Label">As printed on the box.</param>
/// <param name="Atc">ATC, level 5.</param>
/// <param name="Substance">French name of the ATC code.</param>
/// <param name="Posology">How it is usually taken.</param>
internal sealed record Medicine(string Cip7, string Label, string Atc, string Substance, string Posology)
{
    /// <summary>Club Inter Pharmaceutique, 13 digits: <c>34009</c>, the CIP7, the EAN-13 key.</summary>
    public string Cip13 { get; } = CheckDigits.WithEan13("34009" + Cip7);

    public SyntheticCode AtcCode => new(CodeSystems.Atc, Atc, Substance);

    public IReadOnlyList<SyntheticCode> Codes => [new(CodeSystems.Cip13, Cip13, Label), AtcCode];
}

/// <summary>
/// The product table. Combinations the world hands out hold no contraindication of the ANSM thesaurus by accident: simvastatin, colchicine,
/// oral antivitamins K and azoles are left to the part of the generator that plants interactions.
/// </summary>
internal static class Medicines
{
    public static readonly Medicine Metformin1000 =
        new("3990101", "METFORMINE VALMORIN 1 000 mg, comprimé pelliculé, boîte de 90", "A10BA02", "Metformine", "1 comprimé matin, midi et soir");

    public static readonly Medicine Metformin500 =
        new("3990118", "METFORMINE VALMORIN 500 mg, comprimé pelliculé, boîte de 90", "A10BA02", "Metformine", "1 comprimé matin, midi et soir");

    public static readonly Medicine Gliclazide =
        new("3990124", "GLICLAZIDE ORBELLE 30 mg, comprimé à libération modifiée, boîte de 60", "A10BB09", "Gliclazide", "2 comprimés au petit déjeuner");

    public static readonly Medicine Glargine =
        new("3990130", "INSULINE GLARGINE BORÉALIS 100 unités/mL, stylo prérempli, boîte de 5", "A10AE04", "Insuline glargine", "18 unités le soir");

    public static readonly Medicine Ramipril =
        new("3990147", "RAMIPRIL VALMORIN 5 mg, comprimé sécable, boîte de 30", "C09AA05", "Ramipril", "1 comprimé le matin");

    public static readonly Medicine Amlodipine =
        new("3990153", "AMLODIPINE KERVEN 5 mg, gélule, boîte de 30", "C08CA01", "Amlodipine", "1 gélule le matin");

    public static readonly Medicine Indapamide =
        new("3990160", "INDAPAMIDE ORBELLE LP 1,5 mg, comprimé, boîte de 30", "C03BA11", "Indapamide", "1 comprimé le matin");

    public static readonly Medicine Atorvastatin =
        new("3990176", "ATORVASTATINE KERVEN 20 mg, comprimé pelliculé, boîte de 30", "C10AA05", "Atorvastatine", "1 comprimé le soir");

    public static readonly Medicine Beclometasone =
        new("3990182", "BÉCLOMÉTASONE AÉRIS 250 µg/dose, solution pour inhalation, flacon de 200 doses", "R03BA01", "Béclométasone", "2 bouffées matin et soir");

    public static readonly Medicine Salbutamol =
        new("3990199", "SALBUTAMOL AÉRIS 100 µg/dose, suspension pour inhalation, flacon de 200 doses", "R03AC02", "Salbutamol", "2 bouffées en cas de gêne");

    public static readonly Medicine Levothyroxine75 =
        new("3990207", "LÉVOTHYROXINE HENNEBEL 75 µg, comprimé sécable, boîte de 30", "H03AA01", "Lévothyroxine sodique", "1 comprimé à jeun");

    public static readonly Medicine Levothyroxine100 =
        new("3990213", "LÉVOTHYROXINE HENNEBEL 100 µg, comprimé sécable, boîte de 30", "H03AA01", "Lévothyroxine sodique", "1 comprimé à jeun");

    public static readonly Medicine Letrozole =
        new("3990220", "LÉTROZOLE KERVEN 2,5 mg, comprimé pelliculé, boîte de 30", "L02BG04", "Létrozole", "1 comprimé par jour");

    public static readonly Medicine Adalimumab =
        new("3990236", "ADALIMUMAB BORÉALIS 40 mg, stylo prérempli, boîte de 2", "L04AB04", "Adalimumab", "1 injection toutes les 2 semaines");

    public static readonly Medicine Paracetamol =
        new("3990242", "PARACÉTAMOL VALMORIN 1 g, comprimé, boîte de 8", "N02BE01", "Paracétamol", "1 comprimé, 3 fois par jour au plus");

    public static readonly Medicine Ibuprofen =
        new("3990259", "IBUPROFÈNE ORBELLE 400 mg, comprimé pelliculé, boîte de 20", "M01AE01", "Ibuprofène", "1 comprimé 3 fois par jour pendant 3 jours");

    public static readonly Medicine Amoxicillin =
        new("3990265", "AMOXICILLINE KERVEN 1 g, comprimé dispersible, boîte de 14", "J01CA04", "Amoxicilline", "1 comprimé matin et soir pendant 6 jours");

    public static readonly Medicine Pristinamycin =
        new("3990271", "PRISTINAMYCINE HENNEBEL 500 mg, comprimé, boîte de 16", "J01FG01", "Pristinamycine", "2 comprimés matin et soir pendant 4 jours");

    public static readonly Medicine Cetirizine =
        new("3990288", "CÉTIRIZINE AÉRIS 10 mg, comprimé pelliculé sécable, boîte de 15", "R06AE07", "Cétirizine", "1 comprimé le soir");

    public static readonly Medicine Omeprazole =
        new("3990294", "OMÉPRAZOLE VALMORIN 20 mg, gélule gastrorésistante, boîte de 28", "A02BC01", "Oméprazole", "1 gélule le matin");

    public static readonly Medicine Phloroglucinol =
        new("3990302", "PHLOROGLUCINOL ORBELLE 80 mg, lyophilisat oral, boîte de 10", "A03AX12", "Phloroglucinol", "2 en cas de douleur");

    public static readonly Medicine VitaminD =
        new("3990319", "CHOLÉCALCIFÉROL HENNEBEL 100 000 UI, solution buvable, ampoule", "A11CC05", "Cholécalciférol", "1 ampoule par trimestre");

    public static readonly Medicine FluVaccine =
        new("3990325", "VACCIN GRIPPAL BORÉALIS TÉTRAVALENT, suspension injectable, seringue", "J07BB02", "Vaccin grippal inactivé", "1 injection");

    public static readonly Medicine TetanusVaccine =
        new("3990331", "VACCIN DTPC BORÉALIS RAPPEL, suspension injectable, seringue", "J07CA02", "Vaccin diphtérie-coqueluche-poliomyélite-tétanos", "1 injection");

    public static readonly Medicine PneumococcalVaccine =
        new("3990348", "VACCIN PNEUMOCOCCIQUE BORÉALIS 20 VALENCES, suspension injectable", "J07AL02", "Vaccin pneumococcique conjugué", "1 injection");

    public static readonly Medicine MeaslesVaccine =
        new("3990354", "VACCIN ROR BORÉALIS, poudre et solvant, seringue", "J07BD52", "Vaccin rougeole-oreillons-rubéole", "1 injection");

    public static readonly Medicine PapillomaVaccine =
        new("3990360", "VACCIN HPV BORÉALIS 9 VALENCES, suspension injectable, seringue", "J07BM03", "Vaccin papillomavirus 9-valent", "1 injection");
}
