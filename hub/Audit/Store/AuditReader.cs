using System.Runtime.CompilerServices;
using DmpFederation.Hub.Audit.Chain;
using DmpFederation.Hub.Storage;
using DmpFederation.Sdk;
using Microsoft.EntityFrameworkCore;

namespace DmpFederation.Hub.Audit.Store;

/// <summary>Looks at the lines on EF Core, the same on every engine. The border where faults of an engine become a code.</summary>
internal sealed class AuditReader(IStoreDatabase<AuditDb> database, ChainKeys keys) : IAuditReader
{
    private const int Page = 1_000;

    public Task<AuditPage> PageAsync(
        IReadOnlyList<PatientKey> patient, LogReader reader, int first, AuditPosition? after, CancellationToken cancellationToken) => RunAsync(
        async db =>
        {
            var wanted = Shown(About(db.Lines.AsNoTracking(), patient), reader);
            if (after is { } last)
                wanted = wanted.Where(line => line.At < last.At || (line.At == last.At && line.Id < last.Id));
            var lines = await wanted.OrderByDescending(static line => line.At).ThenByDescending(static line => line.Id)
                .Take(first + 1).ToListAsync(cancellationToken);
            return new AuditPage(lines.Count > first ? lines[..first] : lines, lines.Count > first);
        });

    private static IQueryable<AuditLine> Shown(IQueryable<AuditLine> lines, LogReader reader)
    {
        if (reader == LogReader.Officer)
            return lines;
        lines = lines.Where(static line => line.Detail == null || !line.Detail.StartsWith(AuditDetail.InvisiblePatient));
        return reader == LogReader.Patient
            ? lines
            : lines.Where(static line => !line.Confidential && (line.Detail == null || !line.Detail.StartsWith(AuditDetail.InvisibleRepresentatives)));
    }

    public async IAsyncEnumerable<AuditLine> LinesAsync(
        DateTimeOffset? from, DateTimeOffset? to, IReadOnlyList<PatientKey>? patient, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = 0L;
        IReadOnlyList<AuditLine> lines;
        do
        {
            var after = last;
            lines = await RunAsync(db =>
            {
                var wanted = patient is null ? db.Lines.AsNoTracking() : About(db.Lines.AsNoTracking(), patient);
                if (from?.ToUnixTimeMilliseconds() is { } earliest)
                    wanted = wanted.Where(line => line.At >= earliest);
                if (to?.ToUnixTimeMilliseconds() is { } beyond)
                    wanted = wanted.Where(line => line.At < beyond);
                return wanted.Where(line => line.Id > after).OrderBy(static line => line.Id).Take(Page).ToListAsync(cancellationToken);
            });
            foreach (var line in lines)
                yield return line;
            last = lines.Count > 0 ? lines[^1].Id : last;
        }
        while (lines.Count == Page);
    }

    public Task<ChainReport> VerifyAsync(IReadOnlyList<ChainAnchor> anchors, CancellationToken cancellationToken) =>
        RunAsync(db => new ChainVerification(db, keys).RunAsync(anchors, cancellationToken));

    public Task<IReadOnlyDictionary<string, long>> RemoveAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        RunAsync(db => new ChainTidy(db, keys).RunAsync(before.ToUnixTimeMilliseconds(), cancellationToken));

    private static IQueryable<AuditLine> About(IQueryable<AuditLine> lines, IReadOnlyList<PatientKey> patient)
    {
        var keys = patient.Select(static key => $"{key.System}|{key.Value}").ToArray();
        return lines.Where(line => keys.Contains(line.Patient));
    }

    private async Task<T> RunAsync<T>(Func<AuditDb, Task<T>> work)
    {
        try
        {
            await database.PrepareAsync(CancellationToken.None);
            await using var db = database.Connect();
            return await work(db);
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or AuditUnavailableException))
        {
            throw new AuditUnavailableException(StoreFault.CodeOf(fault));
        }
    }
}
