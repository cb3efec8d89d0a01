using System.Buffers;
using DmpFederation.Hub.Audit.Chain;

namespace DmpFederation.Hub.Audit.Store;

/// <summary>
/// Puts lines at the end of a chain. The head is read inside the transaction, so that several processes may write one chain and never fork it. Not
/// thread-safe, and not to be used again after a fault.
/// </summary>
internal sealed class ChainAppend : IDisposable
{
    private readonly ArrayBufferWriter<byte> canonical = new(2_048);
    private readonly IChainStatements statements;
    private readonly ChainKey key;
    private readonly string chain;

    /// <param name="statements">The engine's; disposed along with this.</param>
    /// <param name="key">Seals the lines.</param>
    /// <param name="chain">The chain.</param>
    public ChainAppend(IChainStatements statements, ChainKey key, string chain)
    {
        this.statements = statements;
        this.key = key;
        this.chain = chain;
        // A chain begins with its head, so that a chain that vanished whole is told from one that never was.
        var beginning = key.Beginning(chain);
        statements.Found(new ChainHead { Chain = chain, KeyId = key.Id, Seq = 0, Hash = beginning, Seal = key.Head(chain, 0, beginning) });
    }

    /// <summary>Seals the lines and writes them in one durable transaction. Without lines it tries whether that could be done.</summary>
    /// <returns>The head afterwards.</returns>
    public (long Seq, byte[] Hash) Commit(IReadOnlyList<AuditLine> lines, long at)
    {
        var (seq, hash) = statements.Begin();
        foreach (var line in lines)
        {
            (line.Chain, line.Seq, line.At, line.Previous) = (chain, ++seq, at, hash);
            LineBytes.Write(line, seq, canonical);
            line.Hash = hash = key.Line(canonical.WrittenSpan);
        }
        statements.Commit(lines, seq, hash, key.Head(chain, seq, hash));
        return (seq, hash);
    }

    public void Dispose() => statements.Dispose();
}
