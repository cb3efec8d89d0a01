namespace DmpFederation.Sdk;

internal static class EntryReader
{
    internal static DossierEntry Read(ReadOnlyMemory<byte> utf8Resource, EntryContext context) => throw new NotSupportedException();
}
