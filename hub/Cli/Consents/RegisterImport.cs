using DmpFederation.Hub.Access.Policy.Import;

namespace DmpFederation.Hub.Cli.Consents;

/// <summary>What came of a register.</summary>
internal sealed record RegisterCounts(int Imported, int Unchanged, int Refused)
{
    public RegisterCounts With(ImportResult result) => result switch
    {
        ImportResult.Imported => this with { Imported = Imported + 1 },
        ImportResult.Unchanged => this with { Unchanged = Unchanged + 1 },
        ImportResult.Refused => this with { Refused = Refused + 1 },
        _ => throw new ArgumentOutOfRangeException(nameof(result)),
    };
}

/// <summary>Reads a register line by line and imports it in batches: a bad line is refused, the good ones around it are taken.</summary>
/// <param name="store">Where to.</param>
/// <param name="clock">Dates what the register does not.</param>
/// <param name="by">Who imports.</param>
/// <param name="refused">Told of every line that was not imported, in no order within a batch.</param>
/// <param name="imported">Told of the persons of a batch of whom something was imported, once it is certain.</param>
internal sealed class RegisterImport(
    IPolicyImport store, TimeProvider clock, string by, Func<int, RegisterRefusal, Task> refused,
    Func<IReadOnlyList<RegisteredPerson>, CancellationToken, Task> imported)
{
    /// <summary>Persons of one transaction.</summary>
    private const int PersonsPerBatch = 500;

    /// <exception cref="Access.Policy.PolicyUnavailableException">The store cannot be used; what was imported before stays.</exception>
    public async Task<RegisterCounts> RunAsync(TextReader register, CancellationToken cancellationToken)
    {
        var counts = new RegisterCounts(0, 0, 0);
        var batch = new List<(int Line, RegisteredPerson Person)>(PersonsPerBatch);
        await foreach (var (number, line) in BoundedLines.ReadAsync(register, cancellationToken))
        {
            if (string.IsNullOrWhiteSpace(line) && line is not null)
                continue;
            var (person, problem) = line is null ? (null, RegisterRefusal.TooLong) : RegisterLine.Read(line, clock.GetUtcNow(), by);
            if (person is null)
            {
                counts = counts.With(ImportResult.Refused);
                await refused(number, problem!);
                continue;
            }
            batch.Add((number, person));
            if (batch.Count == PersonsPerBatch)
                counts = await ImportAsync(batch, counts, cancellationToken);
        }
        return await ImportAsync(batch, counts, cancellationToken);
    }

    private async Task<RegisterCounts> ImportAsync(
        List<(int Line, RegisteredPerson Person)> batch, RegisterCounts counts, CancellationToken cancellationToken)
    {
        if (batch.Count == 0)
            return counts;
        var results = await store.ImportAsync(batch.ConvertAll(static one => one.Person), by, cancellationToken);
        var taken = new List<RegisteredPerson>(batch.Count);
        for (var at = 0; at < batch.Count; at++)
        {
            counts = counts.With(results[at].Result);
            if (results[at].Reason is { } reason)
                await refused(batch[at].Line, RegisterRefusal.Of(reason));
            else if (results[at].Result == ImportResult.Imported)
                taken.Add(batch[at].Person);
        }
        await imported(taken, cancellationToken);
        batch.Clear();
        return counts;
    }
}
