namespace DmpFederation.LegacySystems.DossierPharmaceutique;

/// <summary>
/// The host's schema, as it was laid down in 2009: French names, dates as digits, flags as 0 and 1. The same text runs on SQLite and PostgreSQL.
/// </summary>
internal static class DpSchema
{
    /// <summary>Creates every table of an empty database.</summary>
    public const string Create = """
        CREATE TABLE dossier (
          numero_dp       VARCHAR(14)  NOT NULL PRIMARY KEY,
          ins_nir         VARCHAR(15)  NOT NULL,             -- NIR 13 et clé
          etat            VARCHAR(1)   NOT NULL,             -- O ouvert, F fermé
          date_ouverture  VARCHAR(8)   NOT NULL              -- AAAAMMJJ
        );
        CREATE INDEX ix_dossier_ins ON dossier (ins_nir);

        CREATE TABLE produit (
          cip13           VARCHAR(13)  NOT NULL PRIMARY KEY,
          libelle         VARCHAR(200) NOT NULL,
          code_atc        VARCHAR(7),
          nature          VARCHAR(10)  NOT NULL              -- medicament, biologique, vaccin
        );

        CREATE TABLE dispensation (
          id              VARCHAR(64)  NOT NULL PRIMARY KEY,
          numero_dp       VARCHAR(14)  NOT NULL REFERENCES dossier (numero_dp),
          date_delivrance VARCHAR(8)   NOT NULL,             -- AAAAMMJJ
          cip13           VARCHAR(13),
          libelle         VARCHAR(200) NOT NULL,             -- tel que délivré
          code_atc        VARCHAR(7),
          quantite        INTEGER,                           -- boîtes
          nature          VARCHAR(10)  NOT NULL,
          officine_finess VARCHAR(9)   NOT NULL,             -- connu de l'hébergeur, jamais restitué
          refusee         INTEGER      NOT NULL DEFAULT 0,   -- 1 : le patient a refusé cette ligne
          annulee         INTEGER      NOT NULL DEFAULT 0,   -- 1 : annulée par l'officine
          date_saisie     VARCHAR(14)  NOT NULL,             -- AAAAMMJJHHMMSS, temps universel
          version         INTEGER      NOT NULL DEFAULT 1,
          ref_systeme     VARCHAR(200),                      -- identifiant de la ligne chez d'autres
          ref_valeur      VARCHAR(200)
        );
        CREATE INDEX ix_dispensation_dossier ON dispensation (numero_dp, date_delivrance);

        CREATE TABLE journal (
          seq             BIGINT       NOT NULL PRIMARY KEY,
          ligne           VARCHAR(64)  NOT NULL,
          action          VARCHAR(1)   NOT NULL              -- C création, M modification, S suppression
        );

        CREATE TABLE compteur (
          nom             VARCHAR(20)  NOT NULL PRIMARY KEY,
          valeur          BIGINT       NOT NULL
        );
        INSERT INTO compteur (nom, valeur) VALUES ('journal', 0);
        """;
}
