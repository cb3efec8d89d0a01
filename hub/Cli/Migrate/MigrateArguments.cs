using System.CommandLine;
using DmpFederation.Hub.Migration.Slices;

namespace DmpFederation.Hub.Cli.Migrate;

/// <summary>What all commands about migrations understand.</summary>
internal sealed class MigrateArguments
{
    public Argument<string> Source { get; } = new("SOURCE") { Description = "Id of the source." };

    public Option<string?> Reason { get; } = new("--reason") { Description = "Why, for those who look at it later; never about a person." };

    public Option<string[]> Slices { get; } = new("--slice")
    {
        Description = "Only this slice, as source/wave/group or wave/group. May be repeated. Left out: all that can take the step.",
    };

    public Option<bool> Json { get; } = JsonOption.Create();

    public Option<string?> Folder { get; } = QuarantineHost.StateOption();

    public Option<string?> Plugins { get; } = new("--plugins") { Description = "The plugins.json to read. Default: the one in the current folder." };

    /// <summary>A command with what all of them understand.</summary>
    public Command Command(string name, string description, params Symbol[] further)
    {
        Reason.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<string?>()?.Length > Hub.Migration.Orders.MigrationOrder.LongestReason)
                result.AddError($"--reason must have at most {Hub.Migration.Orders.MigrationOrder.LongestReason} characters.");
        });
        var command = new Command(name, description) { Json, Folder, Plugins };
        foreach (var symbol in further)
        {
            if (symbol is Argument argument)
                command.Arguments.Add(argument);
            else
                command.Options.Add((Option)symbol);
        }
        return command;
    }

    /// <summary>The slices named; null when none is. The second is what is wrong with one.</summary>
    public (IReadOnlyList<SliceId>? Slices, string? Problem) Named(ParseResult parsed, string source)
    {
        if (parsed.GetValue(Slices) is not { Length: > 0 } texts)
            return (null, null);
        var slices = new List<SliceId>();
        foreach (var text in texts)
        {
            if ((SliceId.Parse(text) ?? SliceId.Parse($"{source}/{text}")) is not { } slice || slice.SourceId != source)
                return (null, $"--slice must be {source}/wave/group or wave/group.");
            slices.Add(slice);
        }
        return (slices, null);
    }
}
