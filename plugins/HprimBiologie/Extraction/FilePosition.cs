namespace DmpFederation.Plugins.HprimBiologie.Extraction;

/// <summary>A file's name as a position: names are foreign text.</summary>
internal static class FilePosition
{
    private const int Longest = 120;

    public static string Of(string? name) => name is null
        ? ""
        : string.Concat(name.Take(Longest).Select(static letter => char.IsControl(letter) || letter is '/' or '\\' ? '_' : letter));
}
