UPDATE dispensation SET annulee = 1, version = 2 WHERE id = 'L-2';
INSERT INTO journal VALUES (11, 'L-2', 'S');
UPDATE compteur SET valeur = 11 WHERE nom = 'journal';
