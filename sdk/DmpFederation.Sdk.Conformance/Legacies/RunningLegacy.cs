using DmpFederation.Sdk.Conformance.Fixtures;

namespace DmpFederation.Sdk.Conformance.Legacies;

/// <summary>The legacy system of a fixture, running. Each is used by one check and thrown away.</summary>
internal abstract class RunningLegacy : IAsyncDisposable
{
    private readonly TaskCompletionSource waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a request has reached the point where the legacy keeps silent.</summary>
    public Task Waiting => waiting.Task;

    /// <summary>Requests taken so far; null when the legacy cannot tell.</summary>
    public virtual int? Contacts => null;

    /// <summary>Requests that reached the origin the legacy redirected to.</summary>
    public virtual int ContactsElsewhere => 0;

    /// <summary>Requests no exchange answers, without their values.</summary>
    public virtual IReadOnlyList<string> Unanswered => [];

    /// <param name="fixture">What to run.</param>
    /// <param name="folder">Folder of the fixture.</param>
    /// <param name="scratch">A folder of its own; it exists and is empty.</param>
    /// <param name="begun">When the run began: the legacy is the same in each of its checks, times of files included.</param>
    public static async Task<RunningLegacy> StartAsync(Fixture fixture, string folder, string scratch, DateTimeOffset begun) =>
        fixture.Legacy.Kind switch
        {
            LegacyKind.Http => await HttpLegacy.StartAsync(fixture, folder),
            LegacyKind.Files => new FilesLegacy(fixture, folder, Path.Combine(scratch, "legacy"), begun),
            LegacyKind.Sql => await SqlLegacy.CreateAsync(fixture, folder, Path.Combine(scratch, "legacy.sqlite")),
            _ => throw new FixtureException([$"{FixtureReader.FileName}, legacy.kind: is unknown"]),
        };

    /// <summary>A setting with its placeholders filled in.</summary>
    public abstract string Fill(string setting);

    /// <summary>Goes one step further in the legacy's life.</summary>
    public abstract Task ApplyAsync(LegacyStepFixture step);

    /// <summary>Breaks it for good, in one of the ways of <see cref="LegacyFaults"/>.</summary>
    public abstract Task BreakAsync(string fault);

    public abstract ValueTask DisposeAsync();

    protected void KeepsSilent() => waiting.TrySetResult();

    /// <summary>
    /// What a broken legacy says: not its protocol, and full of the persons of the fixture, so that a connector which repeats it is found out.
    /// </summary>
    protected static string Babble(Fixture fixture) =>
        "\u0001ERREUR <]} " + string.Join(' ', fixture.Persons.SelectMany(person => (person.Traits?.Words() ?? []).Prepend(person.Key.Value)));
}
