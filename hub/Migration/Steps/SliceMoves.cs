using DmpFederation.Hub.Migration.Slices;

namespace DmpFederation.Hub.Migration.Steps;

/// <summary>Moves slices of one order: all of them, or, when one was moved by somebody else meanwhile, none.</summary>
internal sealed class SliceMoves(IMigrationStore store)
{
    /// <exception cref="MigrationConflictException">A slice was moved meanwhile; those moved before it were moved back.</exception>
    /// <exception cref="MigrationUnavailableException">The store cannot be used.</exception>
    public async Task ApplyAsync(IReadOnlyList<(SliceRecord From, SliceRecord To)> moves, StepNote note, CancellationToken cancellationToken)
    {
        var done = new Stack<(SliceRecord From, SliceRecord To)>();
        try
        {
            foreach (var move in moves)
            {
                await store.MoveAsync(move.To, move.From.State, note, cancellationToken);
                done.Push(move);
            }
        }
        catch (MigrationConflictException)
        {
            var undo = note with { Evidence = "UNDONE=STATE_MOVED" };
            foreach (var (from, to) in done)
                await store.MoveAsync(from, to.State, undo, CancellationToken.None);
            throw;
        }
    }
}
