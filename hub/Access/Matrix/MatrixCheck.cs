namespace DmpFederation.Hub.Access.Matrix;

/// <summary>Finds what cannot be meant in a matrix, all of it at once.</summary>
internal static class MatrixCheck
{
    public static List<string> FaultsOf(MatrixFile file)
    {
        var faults = new List<string>();
        var types = file.Types.Select(static type => type.Id).ToHashSet(StringComparer.Ordinal);
        if (file.Types.Count == 0 || file.Types[^1].Codes.Count > 0)
            faults.Add("the last type stands for every unknown code and has no code of its own");
        Repeated(file.Types.Select(static type => type.Id), "type", faults);
        Repeated(file.Types.SelectMany(static type => type.Codes), "document code", faults);
        Repeated(file.Types.SelectMany(static type => type.Categories), "category", faults);
        foreach (var category in file.Types.SelectMany(static type => type.Categories).Where(static name => CategoryName.Parse(name) is null))
            faults.Add($"'{category}' is no entry category");
        if (file.Editions.Count == 0)
            faults.Add("there is no edition");
        Repeated(file.Editions.Select(static edition => edition.Id), "edition", faults);
        foreach (var edition in file.Editions)
            CheckEdition(edition, types, faults);
        var ordered = file.Editions.OrderBy(static edition => edition.ValidFrom).ToList();
        foreach (var (earlier, later) in ordered.Zip(ordered.Skip(1)))
        {
            if (earlier.ValidTo != later.ValidFrom)
                faults.Add($"edition '{later.Id}' must begin on the day on which '{earlier.Id}' ends");
        }
        if (ordered is [.., { ValidTo: not null } last])
            faults.Add($"edition '{last.Id}' ends and none follows");
        return faults;
    }

    private static void CheckEdition(MatrixFileEdition edition, HashSet<string> types, List<string> faults)
    {
        if (edition.ValidTo is { } end && end <= edition.ValidFrom)
            faults.Add($"edition '{edition.Id}' ends before it begins");
        Repeated(edition.Professions.SelectMany(static row => row.Codes), $"profession of edition '{edition.Id}'", faults);
        var named = edition.Professions.SelectMany(static row => row.Types).Concat(edition.Emergency).Distinct();
        foreach (var type in named.Where(type => !types.Contains(type)))
            faults.Add($"edition '{edition.Id}' names the type '{type}', which is not declared");
    }

    private static void Repeated(IEnumerable<string> names, string what, List<string> faults)
    {
        foreach (var name in names.GroupBy(static name => name, StringComparer.Ordinal).Where(static group => group.Count() > 1))
            faults.Add($"{what} '{name.Key}' stands twice");
    }
}
