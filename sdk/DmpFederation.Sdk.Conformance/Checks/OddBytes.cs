using System.Text;

namespace DmpFederation.Sdk.Conformance.Checks;

/// <summary>Bytes made of good ones that no reader may stumble over.</summary>
internal static class OddBytes
{
    /// <summary>Each with its name, and whether a reader must say that it cannot be read.</summary>
    public static IEnumerable<(string What, byte[] Bytes, bool MustSay)> Of(byte[] whole)
    {
        yield return ("emptied", [], false);
        yield return ("cut half way", whole[..(whole.Length / 2)], false);
        yield return ("filled with zeros", new byte[whole.Length], true);
        yield return ("with its bytes reversed", [.. whole.AsEnumerable().Reverse()], false);
        yield return ("replaced by babble", Encoding.UTF8.GetBytes("\u0001 ]]> {{ <a b \uFFFD"), true);
    }
}
