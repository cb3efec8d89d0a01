INSERT INTO dispensation (id, numero_dp, date_delivrance, cip13, libelle, code_atc, quantite, nature, officine_finess, date_saisie) VALUES
  ('L-8', 'DP00000000003', '20260114', '3400938114508', 'METFORMINE 850 mg, comprimé', 'A10BA02', 3, 'medicament', '990000017', '20260114170000'),
  ('L-9', 'DP00000000004', '20260114', '3400938114508', 'METFORMINE 850 mg, comprimé', 'A10BA02', 3, 'medicament', '990000017', '20260114171000');
INSERT INTO journal VALUES (8, 'L-8', 'C'), (9, 'L-9', 'C');
UPDATE compteur SET valeur = 9 WHERE nom = 'journal';
