using System.Globalization;
using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.LegacySystems.WebMedecin;

/// <summary>A patient as the back office makes it known. Days are <c>AAAAMMJJ</c>.</summary>
internal sealed record PatientDeposit
{
    public string? Oid { get; init; }

    public string? Matricule { get; init; }

    public string? NomNaissance { get; init; }

    public string? NomUtilise { get; init; }

    public IReadOnlyList<string>? Prenoms { get; init; }

    public string? DateNaissance { get; init; }

    public string? Sexe { get; init; }

    public string? LieuNaissance { get; init; }

    internal RecordedIdentity? ToPerson(out string? fault)
    {
        fault = string.IsNullOrEmpty(Oid) || string.IsNullOrEmpty(Matricule) ? "oid and matricule are needed."
            : string.IsNullOrEmpty(NomNaissance) || Prenoms is not { Count: > 0 } ? "nomNaissance and prenoms are needed."
            : !LineDeposit.IsDay(DateNaissance, out _) ? "dateNaissance must be a day written AAAAMMJJ."
            : Sexe is not ("F" or "M") ? "sexe must be F or M."
            : LieuNaissance is not { Length: 5 } ? "lieuNaissance must be an INSEE code of five characters."
            : null;
        if (fault is not null || !LineDeposit.IsDay(DateNaissance, out var birth))
            return null;
        return new RecordedIdentity
        {
            InsNir = Matricule!,
            InsC = "",
            BirthName = NomNaissance!,
            UsedName = NomUtilise,
            GivenNames = Prenoms!,
            BirthDate = birth,
            Sex = Sexe!,
            BirthPlaceCode = LieuNaissance!,
            BirthPlaceName = "",
            AddressLine = "",
            PostalCode = "",
            City = "",
        };
    }
}

/// <summary>A professional of a line.</summary>
internal sealed record ProfessionalDeposit(string Rpps, string Nom, string Prenom, string Specialite, string Finess, string Structure)
{
    internal SyntheticAuthor ToAuthor() => new(Rpps, Nom, Prenom, Specialite, Finess, Structure);

    internal static ProfessionalDeposit Of(SyntheticAuthor author) =>
        new(author.Rpps, author.FamilyName, author.GivenName, author.Specialty, author.Finess, author.OrganizationName);
}

/// <summary>A line as the back office stores or corrects it. Days are <c>AAAAMMJJ</c>. In a correction, what is left out stays.</summary>
internal sealed record LineDeposit
{
    public string? Oid { get; init; }

    public string? Matricule { get; init; }

    public string? Nature { get; init; }

    public string? Jour { get; init; }

    public string? Fin { get; init; }

    public string? Systeme { get; init; }

    public string? Code { get; init; }

    public string? Libelle { get; init; }

    public string? Groupe { get; init; }

    public int? Quantite { get; init; }

    public string? Identifiant { get; init; }

    public ProfessionalDeposit? Executant { get; init; }

    public ProfessionalDeposit? Prescripteur { get; init; }

    internal static bool IsDay(string? text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    internal ReimbursedLineRow? ToLine(long file, out string? fault)
    {
        fault = !LineNature.IsKnown(Nature) ? "nature must be medicament, vaccin, dispositif, sejour or acte."
            : string.IsNullOrEmpty(Systeme) || string.IsNullOrEmpty(Code) || string.IsNullOrEmpty(Libelle)
                ? "systeme (an OID), code and libelle are needed."
            : Executant is null ? "executant is needed."
            : FaultOfParts();
        return fault is not null || !IsDay(Jour, out var day) ? null : new ReimbursedLineRow
        {
            File = file,
            Nature = Nature!,
            Day = day,
            End = IsDay(Fin, out var end) ? end : null,
            System = Systeme!,
            Code = Code!,
            Label = Libelle!,
            Group = Groupe,
            Quantity = Quantite,
            Identifier = Identifiant,
            Performer = Executant!.ToAuthor(),
            Prescriber = Prescripteur?.ToAuthor(),
        };
    }

    internal ReimbursedLineRow? Correcting(ReimbursedLineRow line, out string? fault)
    {
        fault = Nature is not null && Nature != line.Nature ? "The nature of a line cannot be corrected: withdraw it and add another."
            : Identifiant is not null && Identifiant != line.Identifier ? "The identifiant of a line cannot be corrected."
            : (this with { Jour = Jour ?? ReimbursementRegister.Day(line.Day) }).FaultOfParts();
        return fault is not null ? null : line with
        {
            Day = IsDay(Jour, out var day) ? day : line.Day,
            End = IsDay(Fin, out var end) ? end : line.End,
            System = Systeme ?? line.System,
            Code = Code ?? line.Code,
            Label = Libelle ?? line.Label,
            Group = Groupe ?? line.Group,
            Quantity = Quantite ?? line.Quantity,
            Performer = Executant?.ToAuthor() ?? line.Performer,
            Prescriber = Prescripteur?.ToAuthor() ?? line.Prescriber,
        };
    }

    private string? FaultOfParts() => !IsDay(Jour, out _) ? "jour must be a day written AAAAMMJJ."
        : Fin is not null && !IsDay(Fin, out _) ? "fin must be a day written AAAAMMJJ."
        : Quantite is <= 0 ? "quantite must be positive."
        : null;
}
