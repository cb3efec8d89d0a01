namespace DmpFederation.Hub.Migration.Runner;

/// <summary>
/// The tasks of this node: begins those that are wanted, stops those that are not wanted any more. Called by one task at a time.
/// </summary>
internal sealed class RunningTasks(TaskRunner runner, MigrationOptions options, TimeProvider clock)
{
    private readonly Dictionary<string, Slot> slots = new(StringComparer.Ordinal);

    /// <summary>True when the task is being done by this node, or would be begun now.</summary>
    public bool CanRun(MigrationTask task) =>
        !slots.TryGetValue(task.Work, out var slot) || (slot.IsRunning ? slot.Kind == task.Kind : clock.GetUtcNow() >= slot.NotBefore);

    /// <summary>Has exactly these tasks done.</summary>
    public void Want(IReadOnlyCollection<MigrationTask> wanted, CancellationToken cancellationToken)
    {
        var byWork = wanted.ToDictionary(static task => task.Work, StringComparer.Ordinal);
        foreach (var (work, slot) in slots)
        {
            if (slot.IsRunning && byWork.GetValueOrDefault(work)?.Kind != slot.Kind)
                slot.Stop();
        }
        foreach (var task in wanted)
        {
            if (!slots.TryGetValue(task.Work, out var slot))
                slots.Add(task.Work, slot = new Slot(new PauseLength(options)));
            if (!slot.IsRunning && clock.GetUtcNow() >= slot.NotBefore)
                slot.Begin(task, runner, cancellationToken);
        }
    }

    /// <summary>Stops all and waits until they have ended.</summary>
    public async Task StopAsync()
    {
        foreach (var slot in slots.Values)
            slot.Stop();
        await Task.WhenAll(slots.Values.Select(static slot => slot.Ended));
    }

    private sealed class Slot(PauseLength pauses)
    {
        private CancellationTokenSource? stop;
        private long notBefore = DateTimeOffset.MinValue.UtcTicks;

        public Task Ended { get; private set; } = Task.CompletedTask;

        public string? Kind { get; private set; }

        public bool IsRunning => !Ended.IsCompleted;

        public DateTimeOffset NotBefore => new(Volatile.Read(ref notBefore), TimeSpan.Zero);

        public void Begin(MigrationTask task, TaskRunner runner, CancellationToken cancellationToken)
        {
            stop?.Dispose();
            stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Kind = task.Kind;
            var token = stop.Token;
            Ended = Task.Run(
                async () => Volatile.Write(ref notBefore, (await runner.RunAsync(task, pauses, token)).UtcTicks), CancellationToken.None);
        }

        public void Stop() => stop?.Cancel();
    }
}
