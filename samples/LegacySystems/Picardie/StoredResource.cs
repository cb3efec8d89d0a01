namespace DmpFederation.LegacySystems.Picardie;

/// <summary>One version of a resource as it lies in the database.</summary>
/// <param name="Seq">Order in which versions were stored.</param>
/// <param name="Json">UTF-8; empty for a deletion.</param>
internal sealed record StoredResource(long Seq, string Type, string Id, int Version, DateTimeOffset Updated, bool Deleted, byte[] Json);
