using System.Diagnostics;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace DmpFederation.Hub.Tests.Audit;

/// <summary>What a durable line costs with sixteen callers. Run on purpose alone: DMPFED_BENCH=1.</summary>
public sealed class AuditBench(ITestOutputHelper output)
{
    private const int Callers = 16;
    private const int WarmUp = 500;
    private const int Turns = 1_000;

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Lines_a_second_with_sixteen_callers(bool server)
    {
        Skip.If(Environment.GetEnvironmentVariable("DMPFED_BENCH") is null, "a measurement");
        await using AuditHost host = server ? new PostgreSqlAuditHost() : new SqliteAuditHost();
        var node = host.Open();
        await RunAsync(node, WarmUp);
        var before = Spent();
        var started = Stopwatch.GetTimestamp();
        await RunAsync(node, Turns);
        var elapsed = Stopwatch.GetElapsedTime(started);
        var after = Spent();

        const int lines = Callers * Turns;
        var (user, kernel) = (after.User - before.User, after.Kernel - before.Kernel);
        output.WriteLine($"{(server ? "PostgreSQL" : "SQLite")}: {lines / elapsed.TotalSeconds:0} lines/s; a line costs {user.TotalMicroseconds / lines:0} us "
            + $"of the process and {kernel.TotalMicroseconds / lines:0} us of the kernel");
        (await node.VerifyAsync()).Lines.Should().Be(lines + (Callers * WarmUp));
    }

    private static (TimeSpan User, TimeSpan Kernel) Spent()
    {
        using var process = Process.GetCurrentProcess();
        return (process.UserProcessorTime, process.PrivilegedProcessorTime);
    }

    private static Task RunAsync(AuditNode node, int turns)
    {
        var record = ARecord.OfAReading();
        return Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            for (var turn = 0; turn < turns; turn++)
                await node.Trail.AppendAsync([record], default);
        }));
    }
}
