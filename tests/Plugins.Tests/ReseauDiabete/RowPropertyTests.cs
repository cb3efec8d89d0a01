using CsCheck;
using DmpFederation.LegacySystems.ReseauDiabete;
using DmpFederation.Plugins.ReseauDiabete;
using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.Tests.ReseauDiabete;

/// <summary>Whatever bytes a file holds, reading ends, throws nothing, and loses no row silently.</summary>
public sealed class RowPropertyTests : NetworkFixture
{
    private const string Name = "reseau-diabete_2026-S10_suivi.csv";

    /// <summary>Quotes, ends, separators, halves of letters and the closing mark.</summary>
    private static readonly byte[] Telling = [.. "\";\n\r\0FIN;0A"u8, 233, 195, 169];

    private readonly byte[] whole;

    public RowPropertyTests()
    {
        Export(10, [.. Enumerable.Range(501, 12).Select(number => HbA1c(number) with { Comment = number % 3 == 0 ? "deux ;\nlignes \"dites\"" : null })]);
        whole = File.ReadAllBytes(PathOf(10));
    }

    [Fact]
    public void Any_bytes_are_read_to_their_end() =>
        Gen.OneOf(Gen.Byte.Array[0, 3_000], Gen.Int[0, Telling.Length - 1].Select(index => Telling[index]).Array[0, 3_000])
            .Sample(bytes => Preview(bytes).All(item => item is Unreadable or SourceAsOf), iter: 400);

    [Fact]
    public void A_file_with_any_bytes_changed_is_read_to_its_end_and_says_what_it_lost() =>
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte).Array[1, 6].Sample(
            edits =>
            {
                var bytes = whole.ToArray();
                foreach (var (at, value) in edits)
                    bytes[at] = value;
                var items = Preview(bytes);
                // A C turned into an A withdraws one record, a number turned into another's hides one: bytes can say that and be whole.
                return items.OfType<DossierEntry>().Count() >= 11 || items.OfType<Unreadable>().Any();
            },
            iter: 400);

    [Fact]
    public void A_file_cut_anywhere_is_never_whole() =>
        Gen.Int[0, whole.Length - 1].Sample(
            length => Preview(whole[..length]).OfType<Unreadable>().Any(item => item.Position == Name), iter: 300);

    [Fact]
    public void Every_comment_comes_back_as_it_was_written() =>
        Gen.Char["abcé œ;\"\n,'%<>&\\/“€"].Array[1, 60].Select(letters => new string(letters).Trim()).Where(text => text.Length > 0).Sample(
            text =>
            {
                var row = HbA1c(501) with { Comment = text };
                using var file = new MemoryStream(File.ReadAllBytes(Written(row)));
                var entry = Preview(file.ToArray()).OfType<DossierEntry>().Single();
                using var json = System.Text.Json.JsonDocument.Parse(entry.Resource);
                return json.RootElement.GetProperty("note")[0].GetProperty("text").GetString() == text;
            },
            iter: 200, threads: 1);

    private string Written(NetworkRow row)
    {
        Export(11, row);
        return PathOf(11);
    }

    private static List<ReadItem> Preview(byte[] bytes)
    {
        var task = new ReseauDiabetePlugin().PreviewAsync(Name, new MemoryStream(bytes), CancellationToken.None).ToListAsync();
        task.IsCompleted.Should().BeTrue("a memory stream never waits");
        return task.GetAwaiter().GetResult();
    }
}
