using System.Text.Json.Nodes;

namespace DmpFederation.Portal.Tests;

/// <summary>Answers of the hub about an invented patient; a test changes only what it is about.</summary>
internal static class ADossier
{
    public const string Ins = "urn:oid:1.2.250.1.213.1.4.10|279035121518989";

    private static readonly string[] Medicines = ["METFORMINE 850 mg", "ATORVASTATINE 20 mg", "RAMIPRIL 5 mg", "GLICLAZIDE 60 mg LM"];

    /// <summary>The answer to <paramref name="question"/> when every source answered, unless others are given.</summary>
    public static Answer To(Question question, JsonArray? sources = null, bool complete = true, bool allergies = true, int facts = 120)
    {
        var all = Facts(facts);
        var chosen = question.Category is { } category ? all.Where(fact => (string)fact["category"]! == category).ToList() : all;
        var start = question.After is { } after ? int.Parse(after) : 0;
        var page = chosen.Skip(start).Take(50).ToList();
        var dossier = new JsonObject
        {
            ["ins"] = Ins,
            ["complete"] = complete,
            ["sources"] = sources ?? Sources(),
            ["entries"] = Page(page, start + page.Count, start + page.Count < chosen.Count),
        };
        if (question.Query.Contains("patient {", StringComparison.Ordinal))
        {
            dossier["patient"] = new JsonObject
            {
                ["birthName"] = "PAT-TROIS",
                ["usedName"] = null,
                ["givenNames"] = new JsonArray("DOMINIQUE", "MARIE-LOUISE"),
                ["birthDate"] = "1979-03-28",
                ["sex"] = "FEMALE",
                ["status"] = "QUALIFIED",
            };
            dossier["allergies"] = Page(allergies ? [Fact("al1", "ALLERGY", "1998", "Allergie à la pénicilline", "picardie")] : [], 1, false);
            dossier["problems"] = Page([Fact("pb1", "CONDITION", "2004-05", "Diabète sucré de type 2", "franche-comte", "picardie")], 1, false);
        }
        var errors = new JsonArray();
        foreach (var source in dossier["sources"]!.AsArray().Where(source => (string)source!["status"]! is "FAILED" or "TIMED_OUT"))
        {
            errors.Add(new JsonObject
            {
                ["message"] = "A source did not answer.",
                ["path"] = new JsonArray("dossier"),
                ["extensions"] = new JsonObject { ["code"] = "SOURCE_FAILED", ["sourceId"] = (string)source!["sourceId"]! },
            });
        }
        var body = new JsonObject
        {
            ["data"] = new JsonObject
            {
                ["sources"] = new JsonArray(
                    Named("dp", "Dossier pharmaceutique"), Named("franche-comte", "Dossier régional de Franche-Comté"),
                    Named("picardie", "Dossier Santé Picardie")),
                ["dossier"] = dossier,
            },
        };
        if (errors.Count > 0)
            body["errors"] = errors;
        return new Answer(body);
    }

    public static JsonArray Sources(string dp = "ANSWERED", string franceComte = "ANSWERED", string picardie = "ANSWERED", string? reason = null) =>
        new(Source("dp", dp, reason), Source("franche-comte", franceComte, reason), Source("picardie", picardie, reason));

    private static List<JsonObject> Facts(int count)
    {
        var facts = new List<JsonObject>();
        for (var index = 0; index < count; index++)
        {
            var day = new DateOnly(2026, 6, 1).AddDays(-index * 9).ToString("yyyy-MM-dd");
            facts.Add((index % 4) switch
            {
                0 when index == 0 => Conflicting(Fact("f0", "MEDICATION", day, Medicines[0], "dp", "franche-comte")),
                0 => Boxes(index, day),
                1 => Result(index, day),
                2 => Fact($"f{index}", "DOCUMENT", day + "T08:15:00+02:00", "Compte rendu d'examens biologiques", "franche-comte"),
                _ when index == 3 => Fact("f3", "IMMUNIZATION", "2009-11", "Vaccin grippe A(H1N1)", "picardie"),
                _ => Fact($"f{index}", "ENCOUNTER", day, "Consultation", "picardie"),
            });
        }
        return facts;
    }

    private static JsonObject Conflicting(JsonObject fact)
    {
        fact["conflicts"] = new JsonArray(new JsonObject
        {
            ["field"] = "date",
            ["values"] = new JsonArray(
                new JsonObject { ["sourceId"] = "dp", ["value"] = "2026-06-01" },
                new JsonObject { ["sourceId"] = "franche-comte", ["value"] = "2026-06-02" }),
        });
        return fact;
    }

    private static JsonObject Boxes(int index, string day)
    {
        var fact = Fact($"f{index}", "MEDICATION", day, Medicines[index / 4 % 4], "dp");
        fact["value"] = new JsonObject { ["number"] = 2, ["unit"] = "boîtes" };
        fact["author"] = new JsonObject { ["name"] = "Dossier pharmaceutique", ["role"] = "DISPOSITIF", ["organization"] = null };
        return fact;
    }

    private static JsonObject Result(int index, string day)
    {
        var fact = Fact($"f{index}", "LAB_RESULT", day, "Hémoglobine A1c", "franche-comte", "picardie");
        fact["value"] = new JsonObject
        {
            ["number"] = 7.4m,
            ["unit"] = "%",
            ["interpretation"] = index % 8 == 1 ? "H" : "N",
            ["referenceLow"] = 4.0m,
            ["referenceHigh"] = 6.0m,
        };
        fact["author"] = new JsonObject { ["name"] = "Dr Claire MARTIN", ["role"] = "G15_10/SM03", ["organization"] = "Laboratoire du Doubs" };
        return fact;
    }

    private static JsonObject Fact(string id, string category, string? date, string title, params string[] sources) => new()
    {
        ["id"] = id,
        ["category"] = category,
        ["date"] = date,
        ["title"] = title,
        ["status"] = "completed",
        ["code"] = null,
        ["value"] = null,
        ["author"] = null,
        ["origins"] = new JsonArray(
            [.. sources.Select(source => (JsonNode)new JsonObject { ["sourceId"] = source, ["localId"] = $"{source}-{id}" })]),
        ["conflicts"] = new JsonArray(),
    };

    private static JsonObject Page(IEnumerable<JsonObject> nodes, int end, bool next) => new()
    {
        ["nodes"] = new JsonArray([.. nodes]),
        ["endCursor"] = end.ToString(),
        ["hasNext"] = next,
    };

    private static JsonObject Named(string id, string name) => new() { ["id"] = id, ["name"] = name };

    private static JsonObject Source(string id, string status, string? reason) => new()
    {
        ["sourceId"] = id,
        ["status"] = status,
        ["reason"] = status is "ANSWERED" or "UNKNOWN_PATIENT" ? null : reason,
        ["entryCount"] = status == "ANSWERED" ? 42 : 0,
        ["elapsedMs"] = 120,
        ["asOf"] = null,
    };
}
