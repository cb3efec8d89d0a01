using System.Diagnostics.CodeAnalysis;

namespace DmpFederation.Hub.Audit;

/// <summary>
/// Holds one answer back until every line about it is durable, so that the answer can be made while they are being written. Only a transport that
/// awaits <see cref="PassAsync"/> before its first byte leaves may open one; where none is open, whoever answers waits for the lines. Belongs to one request.
/// </summary>
internal sealed class AnswerGate
{
    private static readonly AsyncLocal<AnswerGate?> Here = new();

    private readonly Lock gate = new();
    private readonly List<Task> lines = [];
    private bool passed;

    /// <summary>Opens a gate for all that runs below the caller.</summary>
    public static AnswerGate Open() => Here.Value = new AnswerGate();

    /// <summary>Finds the gate of the running request.</summary>
    public static bool TryFind([NotNullWhen(true)] out AnswerGate? open) => (open = Here.Value) is not null;

    /// <summary>Has the answer wait for lines. False when it may have left already: then the caller has to wait itself.</summary>
    public bool TryHoldFor(Task written)
    {
        lock (gate)
        {
            if (passed)
                return false;
            lines.Add(written);
            return true;
        }
    }

    /// <summary>Ends when every line is durable. Afterwards the gate holds nothing any more.</summary>
    /// <exception cref="AuditUnavailableException">One could not be written: nothing may leave.</exception>
    public Task PassAsync()
    {
        lock (gate)
        {
            passed = true;
            return lines.Count switch
            {
                0 => Task.CompletedTask,
                1 => lines[0],
                _ => Task.WhenAll(lines),
            };
        }
    }
}
