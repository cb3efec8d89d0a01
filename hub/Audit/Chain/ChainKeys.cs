using System.Security.Cryptography;
using DmpFederation.Hub.Storage;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Audit.Chain;

/// <summary>
/// The keys of the key file, a line of base64 each: the last one seals, all of them verify. Kept beside the database, not in it. Read when first
/// needed, and again after a fault.
/// </summary>
internal sealed class ChainKeys(IOptions<AuditOptions> options, StoreDatabases databases)
{
    public const string Store = "audit";
    private const string KeyFileName = "chain.key";
    private const string NodeFileName = "node.id";
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    private readonly Lock loading = new();
    private Loaded? loaded;

    private string Folder => databases.FolderOf(Store);

    private string KeyFile => options.Value.KeyFile ?? Path.Combine(Folder, KeyFileName);

    /// <summary>The key that seals; a first one is made when none was configured and there is none.</summary>
    /// <exception cref="AuditUnavailableException"><c>KEY</c>: there is no usable key.</exception>
    public ChainKey Sealing => Load().Keys[^1];

    /// <summary>The chain of this node.</summary>
    /// <exception cref="AuditUnavailableException"><c>KEY</c>: there is no usable key.</exception>
    public string Chain => Load().Chain;

    /// <summary>The key a chain names; null when it is not in the file.</summary>
    public ChainKey? Find(string keyId) => Load().Keys.FirstOrDefault(key => key.Id == keyId);

    private Loaded Load()
    {
        if (Volatile.Read(ref loaded) is { } known)
            return known;
        lock (loading)
        {
            if (loaded is not null)
                return loaded;
            try
            {
                var keys = Read(KeyFile, mayMake: options.Value.KeyFile is null, static () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(ChainKey.Length)))
                    .Select(Key).ToList();
                var node = Read(Path.Combine(Folder, NodeFileName), mayMake: true, static () => Guid.NewGuid().ToString("N"))[0];
                return loaded = new Loaded(keys, keys[^1].ChainOf(node));
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or FormatException)
            {
                throw new AuditUnavailableException("KEY");
            }
        }
    }

    private static ChainKey Key(string line)
    {
        var secret = Convert.FromBase64String(line);
        return secret.Length >= ChainKey.Length ? new ChainKey(secret) : throw new FormatException("A key has at least 32 bytes.");
    }

    private static List<string> Read(string file, bool mayMake, Func<string> make)
    {
        if (mayMake && !File.Exists(file))
            Make(file, make());
        var lines = File.ReadLines(file).Select(static line => line.Trim()).Where(static line => line.Length > 0 && line[0] != '#').ToList();
        return lines.Count > 0 ? lines : throw new FormatException("The file holds no line.");
    }

    /// <summary>Whole or not at all: two processes that start at once end up with one and the same, and a killed one leaves no half of it.</summary>
    private static void Make(string file, string line)
    {
        var folder = Path.GetDirectoryName(file)!;
        var whole = file + "." + Guid.NewGuid().ToString("N");
        var stream = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerFolder);
            stream.UnixCreateMode = OwnerFile;
        }
        using (var writer = new StreamWriter(whole, stream))
        {
            writer.WriteLine(line);
            writer.Flush();
            ((FileStream)writer.BaseStream).Flush(flushToDisk: true);
        }
        try
        {
            File.Move(whole, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(whole);
        }
    }

    private sealed record Loaded(IReadOnlyList<ChainKey> Keys, string Chain);
}
