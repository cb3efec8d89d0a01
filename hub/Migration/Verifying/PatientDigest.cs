using System.Security.Cryptography;
using System.Text;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Migration.Verifying;

/// <summary>
/// Names a patient in findings without the key. It is enough to find the record again for whoever holds the keys, and identifiers are few enough to be tried
/// one by one: it is kept where keys are kept, and never leaves the hub.
/// </summary>
internal static class PatientDigest
{
    /// <summary>SHA-256 of source, system and value in hexadecimal, the first 16 bytes.</summary>
    public static string Of(string sourceId, PatientKey key) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{sourceId}\u001F{key.System}\u001F{key.Value}")).AsSpan(0, 16));
}
