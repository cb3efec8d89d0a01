namespace DmpFederation.Hub.National.Engine;

/// <summary>Free text as every engine takes it: a server refuses NUL within one, and what was said must not be lost by it.</summary>
internal static class ServerText
{
    public static string Of(string text) => text.Replace('\0', '\uFFFD');
}
