namespace DmpFederation.LegacySystems.WebMedecin;

/// <summary>Tables of the service. A line is never erased: withdrawn, it stays with <c>annulee</c> set, and the journal tells of it.</summary>
internal static class WebMedecinSchema
{
    internal const string Create = """
        CREATE TABLE assure (
          numero       INTEGER PRIMARY KEY AUTOINCREMENT, -- numéro de dossier
          oid          TEXT NOT NULL,
          matricule    TEXT NOT NULL UNIQUE,
          identite     TEXT NOT NULL                      -- recordTarget des documents
        );
        CREATE TABLE professionnel (
          rpps         TEXT NOT NULL PRIMARY KEY,
          nom          TEXT NOT NULL,
          prenom       TEXT NOT NULL,
          specialite   TEXT NOT NULL,
          finess       TEXT NOT NULL,
          structure    TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE ligne (
          numero       INTEGER PRIMARY KEY AUTOINCREMENT,
          assure       INTEGER NOT NULL REFERENCES assure (numero),
          nature       TEXT NOT NULL,                     -- medicament, vaccin, dispositif, sejour, acte
          jour         TEXT NOT NULL,                     -- AAAAMMJJ
          fin          TEXT,                              -- AAAAMMJJ, séjour
          systeme      TEXT NOT NULL,                     -- OID, tel qu'écrit dans les documents
          code         TEXT NOT NULL,
          libelle      TEXT NOT NULL,
          groupe       TEXT,                              -- classe ATC d'un produit, GHM d'un séjour
          quantite     INTEGER,
          identifiant  TEXT UNIQUE,                       -- root^extension ; NULL : la ligne n'a pas d'identifiant
          executant    TEXT NOT NULL REFERENCES professionnel (rpps),
          prescripteur TEXT REFERENCES professionnel (rpps),
          annulee      INTEGER NOT NULL DEFAULT 0
        );
        CREATE INDEX ix_ligne_assure ON ligne (assure, jour);
        CREATE TABLE journal (
          seq          INTEGER PRIMARY KEY AUTOINCREMENT,
          ligne        INTEGER NOT NULL REFERENCES ligne (numero),
          rang         INTEGER,                           -- parmi les lignes égales du jour ; NULL si la ligne a un identifiant
          action       TEXT NOT NULL                      -- A ajout, C correction, S suppression
        );
        """;
}
