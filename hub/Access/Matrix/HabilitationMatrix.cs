using System.Text.Json;
using System.Text.Json.Serialization;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Access.Matrix;

/// <summary>Something in the matrix cannot be meant. The message names it.</summary>
internal sealed class MatrixException(string message) : Exception(message);

/// <summary>Every edition of the matrice d'habilitation, as the file <c>matrice-habilitations.json</c> states them.</summary>
internal sealed class HabilitationMatrix
{
    private const string Resource = "matrice-habilitations.json";
    private readonly MatrixEdition[] editions;

    private HabilitationMatrix(MatrixEdition[] editions) => this.editions = editions;

    /// <summary>The matrix that comes with the hub. Read at start, so that a fault of it stops the hub and not a request.</summary>
    public static HabilitationMatrix Default { get; } = ReadDefault();

    /// <summary>The edition in force on a day.</summary>
    /// <exception cref="MatrixException">None is.</exception>
    public MatrixEdition On(DateOnly day)
    {
        foreach (var edition in editions)
        {
            if (edition.HoldsOn(day))
                return edition;
        }
        throw new MatrixException("No edition of the matrix is in force on this day.");
    }

    /// <summary>Reads and checks a matrix: every fault is told at once.</summary>
    /// <exception cref="MatrixException">It says something that cannot be meant.</exception>
    public static HabilitationMatrix Read(Stream json)
    {
        MatrixFile file;
        try
        {
            file = JsonSerializer.Deserialize(json, MatrixJson.Default.MatrixFile) ?? throw new MatrixException("The matrix is empty.");
        }
        catch (JsonException fault)
        {
            throw new MatrixException($"The matrix is no JSON of the expected form, at {fault.Path}, line {fault.LineNumber + 1}.");
        }
        var faults = MatrixCheck.FaultsOf(file);
        if (faults.Count > 0)
            throw new MatrixException(string.Join("; ", faults));

        var types = TypesOf(file);
        return new HabilitationMatrix([.. file.Editions.Select(edition => new MatrixEdition(
            edition.Id,
            edition.ValidFrom,
            edition.ValidTo,
            types,
            edition.Professions.SelectMany(static row => row.Codes.Select(code => (code, row.Types))).ToDictionary(
                static row => row.code, static row => row.Types, StringComparer.Ordinal),
            edition.Emergency))]);
    }

    private static DocumentTypes TypesOf(MatrixFile file)
    {
        var codes = new Dictionary<string, int>(StringComparer.Ordinal);
        var categories = new Dictionary<EntryCategory, int>();
        foreach (var (index, type) in file.Types.Index())
        {
            foreach (var code in type.Codes)
                codes.Add(code, index);
            foreach (var category in type.Categories)
                categories.Add(CategoryName.Parse(category)!.Value, index);
        }
        return new DocumentTypes([.. file.Types.Select(static type => type.Id)], codes, categories);
    }

    private static HabilitationMatrix ReadDefault()
    {
        using var json = typeof(HabilitationMatrix).Assembly.GetManifestResourceStream(Resource)
            ?? throw new MatrixException("The matrix is not in the hub.");
        return Read(json);
    }
}

/// <summary>The file.</summary>
internal sealed record MatrixFile(IReadOnlyList<MatrixFileType> Types, IReadOnlyList<MatrixFileEdition> Editions);

/// <summary>A type of document.</summary>
internal sealed record MatrixFileType(string Id, string Label, IReadOnlyList<string> Categories, IReadOnlyList<string> Codes);

/// <summary>An edition.</summary>
internal sealed record MatrixFileEdition(
    string Id, DateOnly ValidFrom, DateOnly? ValidTo, string Source, IReadOnlyList<MatrixFileRow> Professions, IReadOnlyList<string> Emergency);

/// <summary>A row: professions that read the same.</summary>
internal sealed record MatrixFileRow(IReadOnlyList<string> Codes, IReadOnlyList<string> Types);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(MatrixFile))]
internal sealed partial class MatrixJson : JsonSerializerContext;

/// <summary>Names of categories as the contract spells them: <c>LAB_RESULT</c>.</summary>
internal static class CategoryName
{
    public static EntryCategory? Parse(string name) =>
        Enum.TryParse<EntryCategory>(name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var category) ? category : null;
}
