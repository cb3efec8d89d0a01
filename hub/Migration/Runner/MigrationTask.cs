using DmpFederation.Hub.Migration.Leases;

namespace DmpFederation.Hub.Migration.Runner;

/// <summary>A piece of work one node at a time does.</summary>
/// <param name="Work">Name of the right to it.</param>
/// <param name="Kind">What is done: a slice is copied, later verified, under the same right.</param>
/// <param name="Run">Does it, under the right, until it has ended or is stopped.</param>
internal sealed record MigrationTask(string Work, string Kind, Func<Fence, CancellationToken, Task> Run);
