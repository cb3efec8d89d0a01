using System.Globalization;

namespace DmpFederation.LegacySystems.LabosRhoneAlpes;

/// <summary>
/// A laboratory that goes on working: it sends a new, a corrected or a withdrawn report as its software does, under a temporary name, slowly, and
/// renamed when it is whole.
/// </summary>
internal sealed class LaboratoryDesk(string folder, LaboratorySoftware software, TimeProvider clock)
{
    private const int Block = 256;

    /// <summary>Sends reports in one file.</summary>
    /// <param name="reports">What is sent; one whose number was sent before replaces what was said.</param>
    /// <param name="pause">Wait between two blocks of 256 characters; zero writes at once.</param>
    /// <param name="cancellationToken">Stops in the middle: the temporary file stays, as after a crash.</param>
    /// <returns>Name of the file.</returns>
    public async Task<string> SendAsync(IReadOnlyList<LaboratoryReport> reports, TimeSpan pause, CancellationToken cancellationToken)
    {
        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"{software.Laboratory.Sender}-{clock.GetUtcNow():yyyyMMddHHmmss}-{Guid.NewGuid():N}.{software.Extension}");
        var temporary = Path.Combine(folder, name + ".tmp");
        var text = string.Concat(reports.Select(report => HprimPrinter.Print(report, software))) + HprimPrinter.EndOfFile + software.LineEnd;
        await using (var writer = new StreamWriter(temporary, append: false, software.Encoding))
        {
            for (var at = 0; at < text.Length; at += Block)
            {
                await writer.WriteAsync(text.AsMemory(at, Math.Min(Block, text.Length - at)), cancellationToken);
                await writer.FlushAsync(cancellationToken);
                if (pause > TimeSpan.Zero)
                    await Task.Delay(pause, clock, cancellationToken);
            }
        }
        File.Move(temporary, Path.Combine(folder, name));
        return name;
    }

    /// <summary>The same report with every result taken back: that is how a laboratory withdraws one.</summary>
    public static LaboratoryReport Withdrawn(LaboratoryReport report) => report with
    {
        FreeText = ["COMPTE RENDU ANNULE"],
        Results = [.. report.Results.Select(static result => result with { Status = "X" })],
    };
}
