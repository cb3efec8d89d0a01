using System.Globalization;
using System.Text;

namespace DmpFederation.LegacySystems.LabosRhoneAlpes;

/// <summary>
/// The files of a world that is being written: one for each laboratory and week. What was printed is held for a while and then appended, so that
/// neither memory nor open files grow with the world.
/// </summary>
internal sealed class WeeklyFiles(string folder) : IDisposable
{
    private const int MostHeld = 4 << 20;

    private readonly Dictionary<(string Sender, DateOnly Monday), StringBuilder> held = [];
    private readonly HashSet<(string Sender, DateOnly Monday)> begun = [];
    private int size;

    public void Append(LaboratorySoftware software, DateOnly day, string report)
    {
        var key = (software.Laboratory.Sender, day.AddDays(-(((int)day.DayOfWeek + 6) % 7)));
        if (!held.TryGetValue(key, out var text))
            held.Add(key, text = new StringBuilder());
        text.Append(report);
        size += report.Length;
        if (size > MostHeld)
            Flush();
    }

    public void Dispose()
    {
        Flush();
        foreach (var key in begun)
        {
            var software = LaboratorySoftware.Of(key.Sender);
            var path = PathOf(key);
            File.AppendAllText(path, HprimPrinter.EndOfFile + software.LineEnd, WithoutMark(software.Encoding));
            // Sent on Saturday evening.
            File.SetLastWriteTimeUtc(path, key.Monday.AddDays(5).ToDateTime(new TimeOnly(18, 0), DateTimeKind.Utc));
        }
    }

    private void Flush()
    {
        foreach (var (key, text) in held)
        {
            var encoding = LaboratorySoftware.Of(key.Sender).Encoding;
            File.AppendAllText(PathOf(key), text.ToString(), begun.Add(key) ? encoding : WithoutMark(encoding));
        }
        held.Clear();
        size = 0;
    }

    private string PathOf((string Sender, DateOnly Monday) key) => Path.Combine(folder, string.Create(
        CultureInfo.InvariantCulture, $"{key.Sender}-{key.Monday:yyyyMMdd}.{LaboratorySoftware.Of(key.Sender).Extension}"));

    /// <summary>A byte order mark stands at the beginning of a file alone.</summary>
    private static Encoding WithoutMark(Encoding encoding) => encoding is UnicodeEncoding ? new UnicodeEncoding(false, false) : encoding;
}
