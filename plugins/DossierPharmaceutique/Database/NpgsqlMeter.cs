using System.Diagnostics.Metrics;
using Npgsql;

namespace DmpFederation.Plugins.DossierPharmaceutique.Database;

/// <summary>
/// Npgsql keeps a static meter whose gauges call back into it, and the framework keeps every meter until it is disposed: a plug-in that used Npgsql
/// once would never unload. Nobody reads these gauges here, so the meter is caught where it is made and disposed at once.
/// </summary>
internal static class NpgsqlMeter
{
    private const string Name = "Npgsql";

    private static readonly Lock Gate = new();

    /// <summary>True while the first data source of this load context is being made, on the thread that makes it.</summary>
    [ThreadStatic]
    private static bool catching;

    private static bool caught;

    /// <summary>Makes a data source; the first one of the load context also makes the meter.</summary>
    public static NpgsqlDataSource CreateDataSource(NpgsqlConnectionStringBuilder settings)
    {
        lock (Gate)
        {
            if (caught)
                return NpgsqlDataSource.Create(settings);

            var meters = new HashSet<Meter>();
            using var listener = new MeterListener
            {
                // Meters of other load contexts are published too: those that exist as the listener starts, and those other threads make meanwhile.
                InstrumentPublished = (instrument, _) =>
                {
                    if (catching && instrument.Meter.Name == Name)
                        meters.Add(instrument.Meter);
                },
            };
            listener.Start();
            catching = true;
            try
            {
                var source = NpgsqlDataSource.Create(settings);
                caught = true;
                return source;
            }
            finally
            {
                catching = false;
                foreach (var meter in meters)
                    meter.Dispose();
            }
        }
    }
}
