using System.Collections.Frozen;
using System.Reflection;
using DmpFederation.SyntheticFrance.Identity;
using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.SyntheticFrance.Terminology;

/// <summary>A box sold in an invented world: real ATC code and substance, invented brand house and CIP.</summary>
/// <param name="Cip7">Seven digits.</param>
/// <param name="Label">As printed on the box.</param>
/// <param name="Atc">ATC, level 5.</param>
/// <param name="Substance">French name of the ATC code.</param>
/// <param name="Posology">How it is usually taken.</param>
/// <param name="Days">How many days one box lasts, so taken.</param>
internal sealed record Medicine(string Cip7, string Label, string Atc, string Substance, string Posology, int Days = 30)
{
    /// <summary>Club Inter Pharmaceutique, 13 digits: <c>34009</c>, the CIP7, the EAN-13 key.</summary>
    public string Cip13 { get; } = CheckDigits.WithEan13("34009" + Cip7);

    public SyntheticCode AtcCode => new(CodeSystems.Atc, Atc, Substance);

    public IReadOnlyList<SyntheticCode> Codes => [new(CodeSystems.Cip13, Cip13, Label), AtcCode];
}

/// <summary>
/// The product table. What may not be taken together is in <see cref="AnsmThesaurus"/>; the second part of the table is for the part of the
/// generator that plants interactions and doubled treatments.
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
        new("3990130", "INSULINE GLARGINE BORÉALIS 100 unités/mL, stylo prérempli, boîte de 5", "A10AE04", "Insuline glargine", "18 unités le soir", 84);

    public static readonly Medicine Ramipril =
        new("3990147", "RAMIPRIL VALMORIN 5 mg, comprimé sécable, boîte de 30", "C09AA05", "Ramipril", "1 comprimé le matin");

    public static readonly Medicine Amlodipine =
        new("3990153", "AMLODIPINE KERVEN 5 mg, gélule, boîte de 30", "C08CA01", "Amlodipine", "1 gélule le matin");

    public static readonly Medicine Indapamide =
        new("3990160", "INDAPAMIDE ORBELLE LP 1,5 mg, comprimé, boîte de 30", "C03BA11", "Indapamide", "1 comprimé le matin");

    public static readonly Medicine Atorvastatin =
        new("3990176", "ATORVASTATINE KERVEN 20 mg, comprimé pelliculé, boîte de 30", "C10AA05", "Atorvastatine", "1 comprimé le soir");

    public static readonly Medicine Beclometasone =
        new("3990182", "BÉCLOMÉTASONE AÉRIS 250 µg/dose, solution pour inhalation, flacon de 200 doses", "R03BA01", "Béclométasone", "2 bouffées matin et soir", 50);

    public static readonly Medicine Salbutamol =
        new("3990199", "SALBUTAMOL AÉRIS 100 µg/dose, suspension pour inhalation, flacon de 200 doses", "R03AC02", "Salbutamol", "2 bouffées en cas de gêne", 90);

    public static readonly Medicine Levothyroxine75 =
        new("3990207", "LÉVOTHYROXINE HENNEBEL 75 µg, comprimé sécable, boîte de 30", "H03AA01", "Lévothyroxine sodique", "1 comprimé à jeun");

    public static readonly Medicine Levothyroxine100 =
        new("3990213", "LÉVOTHYROXINE HENNEBEL 100 µg, comprimé sécable, boîte de 30", "H03AA01", "Lévothyroxine sodique", "1 comprimé à jeun");

    public static readonly Medicine Letrozole =
        new("3990220", "LÉTROZOLE KERVEN 2,5 mg, comprimé pelliculé, boîte de 30", "L02BG04", "Létrozole", "1 comprimé par jour");

    public static readonly Medicine Adalimumab =
        new("3990236", "ADALIMUMAB BORÉALIS 40 mg, stylo prérempli, boîte de 2", "L04AB04", "Adalimumab", "1 injection toutes les 2 semaines", 28);

    public static readonly Medicine Paracetamol =
        new("3990242", "PARACÉTAMOL VALMORIN 1 g, comprimé, boîte de 8", "N02BE01", "Paracétamol", "1 comprimé, 3 fois par jour au plus", 3);

    public static readonly Medicine Ibuprofen =
        new("3990259", "IBUPROFÈNE ORBELLE 400 mg, comprimé pelliculé, boîte de 20", "M01AE01", "Ibuprofène", "1 comprimé 3 fois par jour pendant 3 jours", 3);

    public static readonly Medicine Amoxicillin =
        new("3990265", "AMOXICILLINE KERVEN 1 g, comprimé dispersible, boîte de 14", "J01CA04", "Amoxicilline", "1 comprimé matin et soir pendant 6 jours", 6);

    public static readonly Medicine Pristinamycin =
        new("3990271", "PRISTINAMYCINE HENNEBEL 500 mg, comprimé, boîte de 16", "J01FG01", "Pristinamycine", "2 comprimés matin et soir pendant 4 jours", 4);

    public static readonly Medicine Cetirizine =
        new("3990288", "CÉTIRIZINE AÉRIS 10 mg, comprimé pelliculé sécable, boîte de 15", "R06AE07", "Cétirizine", "1 comprimé le soir", 15);

    public static readonly Medicine Omeprazole =
        new("3990294", "OMÉPRAZOLE VALMORIN 20 mg, gélule gastrorésistante, boîte de 28", "A02BC01", "Oméprazole", "1 gélule le matin", 28);

    public static readonly Medicine Phloroglucinol =
        new("3990302", "PHLOROGLUCINOL ORBELLE 80 mg, lyophilisat oral, boîte de 10", "A03AX12", "Phloroglucinol", "2 en cas de douleur", 3);

    public static readonly Medicine VitaminD =
        new("3990319", "CHOLÉCALCIFÉROL HENNEBEL 100 000 UI, solution buvable, ampoule", "A11CC05", "Cholécalciférol", "1 ampoule par trimestre", 90);

    public static readonly Medicine FluVaccine =
        new("3990325", "VACCIN GRIPPAL BORÉALIS TÉTRAVALENT, suspension injectable, seringue", "J07BB02", "Vaccin grippal inactivé", "1 injection", 1);

    public static readonly Medicine TetanusVaccine =
        new("3990331", "VACCIN DTPC BORÉALIS RAPPEL, suspension injectable, seringue", "J07CA02", "Vaccin diphtérie-coqueluche-poliomyélite-tétanos", "1 injection", 1);

    public static readonly Medicine PneumococcalVaccine =
        new("3990348", "VACCIN PNEUMOCOCCIQUE BORÉALIS 20 VALENCES, suspension injectable", "J07AL02", "Vaccin pneumococcique conjugué", "1 injection", 1);

    public static readonly Medicine MeaslesVaccine =
        new("3990354", "VACCIN ROR BORÉALIS, poudre et solvant, seringue", "J07BD52", "Vaccin rougeole-oreillons-rubéole", "1 injection", 1);

    public static readonly Medicine PapillomaVaccine =
        new("3990360", "VACCIN HPV BORÉALIS 9 VALENCES, suspension injectable, seringue", "J07BM03", "Vaccin papillomavirus 9-valent", "1 injection", 1);

    public static readonly Medicine HexavalentVaccine =
        new("3990377", "VACCIN HEXAVALENT BORÉALIS NOURRISSON, suspension injectable, seringue", "J07CA09", "Vaccin hexavalent", "1 injection", 1);

    public static readonly Medicine Sitagliptin =
        new("3990383", "SITAGLIPTINE KERVEN 100 mg, comprimé pelliculé, boîte de 28", "A10BH01", "Sitagliptine", "1 comprimé le matin", 28);

    public static readonly Medicine Bisoprolol =
        new("3990390", "BISOPROLOL ORBELLE 2,5 mg, comprimé pelliculé sécable, boîte de 30", "C07AB07", "Bisoprolol", "1 comprimé le matin");

    public static readonly Medicine Fluindione =
        new("3990408", "FLUINDIONE HENNEBEL 20 mg, comprimé quadrisécable, boîte de 30", "B01AA12", "Fluindione", "Selon l'INR, le soir");

    public static readonly Medicine Simvastatin =
        new("3990414", "SIMVASTATINE ORBELLE 20 mg, comprimé pelliculé, boîte de 30", "C10AA01", "Simvastatine", "1 comprimé le soir");

    public static readonly Medicine Clarithromycin =
        new("3990420", "CLARITHROMYCINE KERVEN 500 mg, comprimé pelliculé, boîte de 14", "J01FA09", "Clarithromycine", "1 comprimé matin et soir pendant 7 jours", 7);

    public static readonly Medicine Colchicine =
        new("3990437", "COLCHICINE VALMORIN 1 mg, comprimé sécable, boîte de 20", "M04AC01", "Colchicine", "1 comprimé par jour", 20);

    public static readonly Medicine MiconazoleGel =
        new("3990443", "MICONAZOLE HENNEBEL 2 %, gel buccal, tube de 80 g", "A01AB09", "Miconazole", "2 cuillères-mesures 4 fois par jour", 14);

    public static readonly Medicine Potassium =
        new("3990450", "CHLORURE DE POTASSIUM VALMORIN 600 mg, gélule LP, boîte de 40", "A12BA01", "Chlorure de potassium", "1 gélule matin et soir", 20);

    public static readonly Medicine Trinitrin =
        new("3990466", "TRINITRINE AÉRIS 0,30 mg/dose, solution pour pulvérisation buccale", "C01DA02", "Trinitrine", "1 pulvérisation en cas de douleur", 60);

    public static readonly Medicine Sildenafil =
        new("3990472", "SILDÉNAFIL KERVEN 50 mg, comprimé pelliculé, boîte de 4", "G04BE03", "Sildénafil", "1 comprimé une heure avant", 28);

    public static readonly Medicine Hydroxyzine =
        new("3990489", "HYDROXYZINE ORBELLE 25 mg, comprimé pelliculé sécable, boîte de 30", "N05BB01", "Hydroxyzine", "1 comprimé le soir");

    public static readonly Medicine Domperidone =
        new("3990495", "DOMPÉRIDONE VALMORIN 10 mg, comprimé pelliculé, boîte de 40", "A03FA03", "Dompéridone", "1 comprimé avant les repas pendant 7 jours", 7);

    public static readonly Medicine Amiodarone =
        new("3990503", "AMIODARONE HENNEBEL 200 mg, comprimé sécable, boîte de 30", "C01BD01", "Amiodarone", "1 comprimé par jour, 5 jours sur 7", 42);

    public static readonly Medicine Digoxin =
        new("3990510", "DIGOXINE KERVEN 0,25 mg, comprimé, boîte de 30", "C01AA05", "Digoxine", "1 comprimé le matin");

    /// <summary>Second brands: what a pharmacy that does not see the other hands out under another name.</summary>
    public static readonly Medicine RamiprilOtherBrand =
        new("3990526", "RAMIPRIL KERVEN 5 mg, comprimé sécable, boîte de 30", "C09AA05", "Ramipril", "1 comprimé le matin");

    public static readonly Medicine AmlodipineOtherBrand =
        new("3990532", "AMLODIPINE VALMORIN 5 mg, gélule, boîte de 30", "C08CA01", "Amlodipine", "1 gélule le matin");

    public static readonly Medicine AtorvastatinOtherBrand =
        new("3990549", "ATORVASTATINE ORBELLE 20 mg, comprimé pelliculé, boîte de 30", "C10AA05", "Atorvastatine", "1 comprimé le soir");

    public static readonly Medicine MetforminOtherBrand =
        new("3990555", "METFORMINE HENNEBEL 1 000 mg, comprimé pelliculé, boîte de 90", "A10BA02", "Metformine", "1 comprimé matin, midi et soir");

    public static readonly Medicine LevothyroxineOtherBrand =
        new("3990561", "LÉVOTHYROXINE AÉRIS 100 µg, comprimé sécable, boîte de 30", "H03AA01", "Lévothyroxine sodique", "1 comprimé à jeun");

    private static readonly FrozenDictionary<string, int> Days = typeof(Medicines).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(static field => field.GetValue(null))
        .OfType<Medicine>()
        .ToFrozenDictionary(static medicine => medicine.Cip13, static medicine => medicine.Days);

    /// <summary>How many days one box lasts.</summary>
    /// <param name="cip13">Of a medicine of this table.</param>
    public static int DaysOfBox(string cip13) => Days[cip13];
}
