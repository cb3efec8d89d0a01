namespace DmpFederation.Hub.HostTests.Drills;

/// <summary>Bytes that mean nothing. Always the same ones: a drill that fails must fail again.</summary>
internal static class Garbage
{
    public static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        var state = 2009u;
        for (var at = 0; at < bytes.Length; at++)
        {
            state = (state * 1_664_525) + 1_013_904_223;
            bytes[at] = (byte)(state >> 24);
        }
        return bytes;
    }
}
