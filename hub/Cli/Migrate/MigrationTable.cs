using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace DmpFederation.Hub.Cli.Migrate;

/// <summary>Migrations as a table for people.</summary>
internal static class MigrationTable
{
    private const int Bar = 12;

    public static IRenderable Of(IReadOnlyList<MigrationLine> migrations)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var (title, right) in new[]
        {
            ("slice", false), ("state", false), ("served by", false), ("copied", true), ("", false), ("a second", true), ("left", true),
            ("verified", false), ("differences", true), ("missing for the next step", false),
        })
        {
            var column = new TableColumn(title);
            table.AddColumn(right ? column.RightAligned() : column);
        }
        foreach (var migration in migrations)
        {
            if (migration.Slices.Count == 0)
            {
                table.AddRow([.. new[] { migration.SourceId, migration.State, "LEGACY", "", "", "", "", "", "", "" }.Select(static text => new Text(text))]);
                continue;
            }
            foreach (var slice in migration.Slices)
                table.AddRow([.. Cells(slice, migration.Braked).Select(static text => new Text(text))]);
        }
        return table;
    }

    private static string[] Cells(SliceLine slice, bool braked) =>
    [
        slice.Id,
        (slice.Resumes is { } state ? $"{slice.State} ({state})" : slice.State) + (braked ? ", braked" : ""),
        slice.ServedBy,
        string.Create(CultureInfo.InvariantCulture, $"{slice.Copied}/{slice.Total}"),
        Progress(slice),
        slice.Rate is { } rate ? rate.ToString("0.#", CultureInfo.InvariantCulture) : "",
        slice.EtaSeconds is { } seconds ? Span(TimeSpan.FromSeconds(seconds)) : "",
        slice.VerifiedAt?.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) ?? "",
        slice.VerifiedAt is null ? "" : slice.Differences.ToString(CultureInfo.InvariantCulture),
        string.Join(", ", slice.Missing),
    ];

    private static string Progress(SliceLine slice)
    {
        if (slice.Total <= 0)
            return "";
        var share = Math.Clamp((double)slice.Copied / slice.Total, 0, 1);
        // Rounded down, so that only what is whole looks whole.
        var filled = (int)(share * Bar);
        return string.Create(CultureInfo.InvariantCulture, $"{new string('#', filled)}{new string('-', Bar - filled)} {Math.Floor(share * 100):0} %");
    }

    private static string Span(TimeSpan left) => left.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(long)left.TotalHours} h {left.Minutes:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{left.Minutes}:{left.Seconds:00}");
}
