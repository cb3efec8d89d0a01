namespace DmpFederation.SyntheticFrance.Population;

/// <summary>Names of invented people, chosen for what they do to software: accents, hyphens, apostrophes, particles, ligatures, spaces.</summary>
internal static class Names
{
    public static readonly IReadOnlyList<string> Family =
    [
        "Martin", "Bernard", "Vuillemin", "Jeannerot", "Girardot", "Mougin", "Cuenot", "Faivre", "Grosjean", "Petitjean", "Pernot", "Bouvet", "Racine",
        "Lefèvre", "Leclercq", "Carpentier", "Delacroix", "Dumoulin", "Boulanger", "Caron", "Devaux", "Lecœur", "Flahaut", "Hénin", "Bécu", "Dufour",
        "Chavanne", "Perrin", "Rochas", "Gaillard", "Thévenet", "Bonnefoy", "Ravier", "Charvet", "Blanc-Garin", "Michaud", "Pichon", "Guérin", "Muller",
        "D'Alençon", "L'Hôpital", "de La Tour", "Le Goff", "N'Diaye", "El Amrani", "Ben Salah", "Benali", "Da Silva", "Pereira", "Nguyên", "Kowalski",
        "Yıldız", "Rossi", "García", "Schneider", "O'Brien", "Traoré", "Diallo", "Saint-Martin", "Noël", "Maître", "Évrard", "Çelik", "Forêt", "Ménétrier",
        "Jacquot", "Sauvage", "Marchand", "Renaud", "Fontaine", "Rousselle", "Barbier", "Collin", "Vasseur", "Lemaire", "Poulain", "Tissot", "Humbert",
        "Cordier", "Prévost", "Besson", "Clément", "Joly", "Gauthier", "Roussel", "Meunier", "Philippe", "Lambert", "Vidal", "Arnaud", "Mercier", "Blanchard",
        "Œuvrard", "L'Haÿ", "Croÿ", "Ibáñez", "Muñoz", "Małecki", "Wałęsa", "Şahin", "Lecœuvre", "Ğündüz", "Jiménez-Œgger",
    ];

    public static readonly IReadOnlyList<string> Female =
    [
        "Marie", "Anne-Sophie", "Françoise", "Hélène", "Zoé", "Élodie", "Chloé", "Jeanne", "Marie-Thérèse", "Monique", "Nathalie", "Aïcha", "Fatima",
        "Geneviève", "Léa", "Océane", "Maëlle", "Solène", "Béatrice", "Agnès", "Cécile", "Danièle", "Éliane", "Josiane", "Marie-Claude", "Marie France",
        "Mathilde", "Camille", "Inès", "Noémie", "Raphaëlle", "Renée", "Simone", "Suzanne", "Thérèse", "Valérie", "Véronique", "Yvette", "Laëtitia",
        "Gaëlle", "Anaïs", "Héloïse", "Rose-Marie", "Sylvie", "Catherine", "Isabelle", "Martine", "Brigitte", "Odile", "Colette", "Andrée", "Lucie",
        "Manon", "Emma", "Louise", "Alice", "Juliette", "Clémence", "Pauline", "Charlotte", "Bénédicte", "Marie-Amélie", "Olga", "Ana Rita",
        "Begoña", "Łucja", "Şule",
    ];

    public static readonly IReadOnlyList<string> Male =
    [
        "Jean", "Jean-Pierre", "Jean François", "André", "René", "Gérard", "Rémy", "Loïc", "Noël", "Gaël", "Mickaël", "Jérôme", "François-Xavier",
        "Hervé", "Benoît", "Stéphane", "Frédéric", "Aurélien", "Théo", "Léo", "Raphaël", "Mathéo", "Étienne", "Éric", "Gaëtan", "Clément", "Sébastien",
        "Mohamed", "Karim", "Youssef", "Mehmet", "Antonio", "Giuseppe", "Stanislas", "Henri", "Marcel", "Roger", "Bernard", "Claude", "Dominique",
        "Philippe", "Alain", "Patrick", "Michel", "Daniel", "Christian", "Jacques", "Nicolas", "Thomas", "Antoine", "Louis", "Gabriel", "Hugo", "Arthur",
        "Jules", "Lucas", "Ethan", "Adrien", "Baptiste", "Maxime", "Paul-Émile", "Jean-Noël", "Marc-Antoine", "Guy",
        "Íñigo", "Łukasz", "Loÿs",
    ];
}
