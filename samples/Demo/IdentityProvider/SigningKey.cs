using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace DmpFederation.Demo.IdentityProvider;

/// <summary>
/// The provider's RSA key, kept in the data folder: with a new key at each start, tokens written before and keys an API has cached would all be
/// refused.
/// </summary>
internal static class SigningKey
{
    private const int Bits = 2048;

    public static RsaSecurityKey LoadOrCreate(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "signing-key.pem");
        var rsa = RSA.Create();
        if (File.Exists(path))
        {
            rsa.ImportFromPem(File.ReadAllText(path));
        }
        else
        {
            rsa.KeySize = Bits;
            Write(path, rsa.ExportPkcs8PrivateKeyPem());
        }

        // Named by its public part, so that verifiers notice another key.
        var name = Convert.ToHexStringLower(SHA256.HashData(rsa.ExportSubjectPublicKeyInfo()))[..16];
        return new RsaSecurityKey(rsa) { KeyId = name };
    }

    private static void Write(string path, string pem)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(path, options);
        writer.Write(pem);
    }
}
