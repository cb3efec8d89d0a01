-- The host's tables (samples/LegacySystems holds the living ones), with four invented people.
CREATE TABLE dossier (numero_dp VARCHAR(14) NOT NULL PRIMARY KEY, ins_nir VARCHAR(15) NOT NULL, etat VARCHAR(1) NOT NULL, date_ouverture VARCHAR(8) NOT NULL);
CREATE INDEX ix_dossier_ins ON dossier (ins_nir);
CREATE TABLE dispensation (
  id VARCHAR(64) NOT NULL PRIMARY KEY, numero_dp VARCHAR(14) NOT NULL REFERENCES dossier (numero_dp), date_delivrance VARCHAR(8) NOT NULL,
  cip13 VARCHAR(13), libelle VARCHAR(200) NOT NULL, code_atc VARCHAR(7), quantite INTEGER, nature VARCHAR(10) NOT NULL, officine_finess VARCHAR(9) NOT NULL,
  refusee INTEGER NOT NULL DEFAULT 0, annulee INTEGER NOT NULL DEFAULT 0, date_saisie VARCHAR(14) NOT NULL, version INTEGER NOT NULL DEFAULT 1,
  ref_systeme VARCHAR(200), ref_valeur VARCHAR(200));
CREATE INDEX ix_dispensation_dossier ON dispensation (numero_dp, date_delivrance);
CREATE TABLE journal (seq BIGINT NOT NULL PRIMARY KEY, ligne VARCHAR(64) NOT NULL, action VARCHAR(1) NOT NULL);
CREATE TABLE compteur (nom VARCHAR(20) NOT NULL PRIMARY KEY, valeur BIGINT NOT NULL);

INSERT INTO dossier VALUES
  ('DP00000000001', '279035121518989', 'O', '20200301'),
  ('DP00000000002', '162126587913677', 'O', '20200302'),
  ('DP00000000003', '277076322082910', 'O', '20200303'),
  ('DP00000000004', '260058815400233', 'F', '20200304');

INSERT INTO dispensation (id, numero_dp, date_delivrance, cip13, libelle, code_atc, quantite, nature, officine_finess, refusee, annulee, date_saisie) VALUES
  ('L-1', 'DP00000000001', '20251120', '3400935955838', 'DOLIPRANE 1000 mg, comprimé', 'N02BE01', 2, 'medicament', '990000017', 0, 0, '20251120101500'),
  ('L-2', 'DP00000000001', '20251204', '3400938114508', 'METFORMINE 850 mg, comprimé', 'A10BA02', 3, 'medicament', '990000017', 0, 0, '20251204090000'),
  ('L-3', 'DP00000000001', '20240101', '3400938114508', 'METFORMINE 850 mg, comprimé', 'A10BA02', 3, 'medicament', '990000017', 0, 0, '20240101090000'),
  ('L-4', 'DP00000000001', '20251205', '3400935955838', 'Ligne refusée par le patient', NULL, 1, 'medicament', '990000017', 1, 0, '20251205090000'),
  ('L-5', 'DP00000000001', '20251340', '3400935955838', 'DOLIPRANE 1000 mg, comprimé', 'N02BE01', 1, 'medicament', '990000017', 0, 0, '20251206090000'),
  ('L-6', 'DP00000000002', '20240615', NULL, 'VACCIN GRIPPE', 'J07BB02', 1, 'vaccin', '990000025', 0, 0, '20240615110000'),
  ('L-7', 'DP00000000004', '20251201', '3400935955838', 'DOLIPRANE 1000 mg, comprimé', 'N02BE01', 1, 'medicament', '990000025', 0, 0, '20251201110000');

INSERT INTO journal VALUES (1, 'L-1', 'C'), (2, 'L-2', 'C'), (3, 'L-3', 'C'), (4, 'L-4', 'C'), (5, 'L-5', 'C'), (6, 'L-6', 'C'), (7, 'L-7', 'C');
INSERT INTO compteur VALUES ('journal', 7);
