UPDATE dispensation SET quantite = 1, version = 2 WHERE id = 'L-1';
INSERT INTO journal VALUES (10, 'L-1', 'M');
UPDATE compteur SET valeur = 10 WHERE nom = 'journal';
