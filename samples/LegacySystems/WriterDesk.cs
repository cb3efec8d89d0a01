using System.Diagnostics;
using System.Threading.Channels;
using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.LegacySystems;

/// <summary>A writer at work on a thread of its own, with a few patients waiting.</summary>
internal sealed class WriterDesk
{
    private const int Waiting = 8;

    private readonly Channel<SyntheticPatient[]> inbox = Channel.CreateBounded<SyntheticPatient[]>(Waiting);
    private readonly Stopwatch busy = new();
    private readonly Task work;

    public WriterDesk(string name, IWorldWriter writer)
    {
        Name = name;
        work = Task.Run(() => WriteAsync(writer));
    }

    public string Name { get; }

    /// <summary>Time spent writing; final once finished.</summary>
    public TimeSpan Busy => busy.Elapsed;

    /// <summary>Gives patients to the writer, when it has room for them.</summary>
    /// <exception cref="ChannelClosedException">The writer failed; <see cref="FinishAsync"/> throws what it failed of.</exception>
    public ValueTask HandOverAsync(SyntheticPatient[] patients, CancellationToken cancellationToken) =>
        inbox.Writer.WriteAsync(patients, cancellationToken);

    /// <summary>Completes what the writer writes.</summary>
    public async Task FinishAsync()
    {
        inbox.Writer.TryComplete();
        await work;
    }

    private async Task WriteAsync(IWorldWriter writer)
    {
        try
        {
            using (writer)
            {
                await foreach (var patients in inbox.Reader.ReadAllAsync())
                {
                    busy.Start();
                    foreach (var patient in patients)
                        writer.Add(patient);
                    busy.Stop();
                }
                busy.Start();
            }
            busy.Stop();
        }
        catch
        {
            // The world goes on only while every writer does.
            inbox.Writer.TryComplete();
            throw;
        }
    }
}
