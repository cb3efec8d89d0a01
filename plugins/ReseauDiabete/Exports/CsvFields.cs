using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace DmpFederation.Plugins.ReseauDiabete.Exports;

/// <summary>
/// Splits one record into fields with CsvHelper's parser, which is fed record by record, so that what one record holds never reaches the next. No
/// class maps: their compiled expressions would outlive the plug-in. Not thread-safe.
/// </summary>
internal sealed class CsvFields : IDisposable
{
    private static readonly CsvConfiguration Configuration = new(CultureInfo.InvariantCulture)
    {
        Delimiter = ";",
        Mode = CsvMode.RFC4180,
        HasHeaderRecord = false,
        IgnoreBlankLines = false,
        BufferSize = 4096,
    };

    private readonly Feed feed = new();
    private CsvParser? parser;

    /// <summary>The fields, unquoted; null when the record is no line of a CSV file.</summary>
    public string[]? Split(string record)
    {
        // One line end, whatever the file's: after \r the parser would ask for more to see whether \n follows.
        var text = string.Concat(record.AsSpan().TrimEnd("\r\n"), "\n");
        feed.Hold(text);
        parser ??= new CsvParser(feed, Configuration, leaveOpen: true);
        try
        {
            if (parser.Read() && !feed.Starved && parser.RawRecord.Length == text.Length && parser.Record is { } fields)
                return fields;
        }
        catch (CsvHelperException)
        {
            // Bad data: its message repeats the record, so it is not kept.
        }
        // The parser may hold characters of this record: the next one gets a new parser.
        Dispose();
        return null;
    }

    public void Dispose()
    {
        parser?.Dispose();
        parser = null;
    }

    private sealed class Feed : TextReader
    {
        private string text = "";
        private int at;

        /// <summary>True when the parser asked for more than the record.</summary>
        public bool Starved { get; private set; }

        public void Hold(string record) => (text, at, Starved) = (record, 0, false);

        public override int Read(char[] buffer, int index, int count)
        {
            var length = Math.Min(count, text.Length - at);
            text.CopyTo(at, buffer, index, length);
            at += length;
            Starved |= length == 0;
            return length;
        }
    }
}
