using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DmpFederation.Demo.WorldState;

/// <summary>What the world in the data folder was made from. The same stamp means the same files.</summary>
/// <param name="Seed">Seed.</param>
/// <param name="Patients">How many.</param>
/// <param name="Generator">Digest of the programs that wrote it.</param>
/// <param name="Day">Reference day. A world is kept on later days: its facts lie before this one.</param>
internal sealed record WorldStamp(int Seed, int Patients, string Generator, DateOnly Day)
{
    public const string FileName = "world.json";

    /// <summary>Null when the folder has none or it cannot be read.</summary>
    public static WorldStamp? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllText(path), WorldStampJson.Default.WorldStamp) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Write(string folder) => File.WriteAllText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, WorldStampJson.Default.WorldStamp));

    public static void Remove(string folder) => File.Delete(Path.Combine(folder, FileName));

    public bool IsSameWorld(WorldStamp? other) => other is not null && this with { Day = other.Day } == other;

    public static string DigestOf(params IReadOnlyList<string> programs)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var program in programs)
            digest.AppendData(File.ReadAllBytes(program));
        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WorldStamp))]
internal sealed partial class WorldStampJson : JsonSerializerContext;
