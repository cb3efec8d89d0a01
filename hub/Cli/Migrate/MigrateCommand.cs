using System.CommandLine;
using DmpFederation.Hub.Migration.Orders;
using DmpFederation.Hub.Migration.Slices;

namespace DmpFederation.Hub.Cli.Migrate;

/// <summary>
/// <c>migrate</c>: moves a source into the national store, for whoever may open the hub's state folder or database. An order is only written down: a
/// running hub carries it out.
/// </summary>
internal static class MigrateCommand
{
    public static Command Create(TextReader input, TextWriter output, TextWriter errors) =>
        new("migrate", "Moves sources into the national store while their legacy systems keep running.")
        {
            MigrateStartCommand.Create(input, output, errors),
            MigrateStatusCommand.Create(output, errors),
            Order("pause", "Stops work on every slice; each goes on being served as it is.", output, errors,
                static (source, reason) => new PauseMigration(MachineOrders.Operator, source, reason)),
            Order("resume", "Has paused slices go on from where they stopped.", output, errors,
                static (source, reason) => new ResumeMigration(MachineOrders.Operator, source, reason)),
            Order("verify", "Begins to compare every copied slice with its legacy.", output, errors,
                static (source, reason) => new VerifyMigration(MachineOrders.Operator, source, reason)),
            Order("shadow", "Has verified slices read in shadow: both stores are read, the legacy serves.", output, errors,
                static (source, reason) => new ShadowMigration(MachineOrders.Operator, source, reason)),
            Sliced("switch", "Has the national store serve slices: all of them or none. Exit code 1 while evidence is missing.", output, errors,
                static (source, slices, reason) => new SwitchMigration(MachineOrders.Operator, source, slices, reason)),
            Sliced("reverse", "Has the legacy serve slices again.", output, errors,
                static (source, slices, reason) => new ReverseMigration(MachineOrders.Operator, source, slices, reason)),
            Order("retire", "Asks the legacy no more. There is no way back. Exit code 1 while the time of reversibility runs.", output, errors,
                static (source, reason) => new RetireMigration(MachineOrders.Operator, source, reason)),
            Brake(output, errors),
            Limit(output, errors),
            Declare(output, errors),
            Settle(output, errors),
        };

    private static Command Order(
        string name, string description, TextWriter output, TextWriter errors, Func<string, string?, MigrationOrder> order)
    {
        var given = new MigrateArguments();
        var command = given.Command(name, description, given.Source, given.Reason);
        command.SetAction((parsed, cancellationToken) => MigrationCommandHost.OrderAsync(
            given, parsed, output, errors, _ => order(parsed.GetValue(given.Source)!, parsed.GetValue(given.Reason)), cancellationToken));
        return command;
    }

    private static Command Sliced(
        string name, string description, TextWriter output, TextWriter errors,
        Func<string, IReadOnlyList<SliceId>?, string?, MigrationOrder> order)
    {
        var given = new MigrateArguments();
        var command = given.Command(name, description, given.Source, given.Slices, given.Reason);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var source = parsed.GetValue(given.Source)!;
            var (slices, problem) = given.Named(parsed, source);
            return problem is not null
                ? await MigrationCommandHost.WrongAsync(errors, problem)
                : await MigrationCommandHost.OrderAsync(
                    given, parsed, output, errors, _ => order(source, slices, parsed.GetValue(given.Reason)), cancellationToken);
        });
        return command;
    }

    private static Command Brake(TextWriter output, TextWriter errors)
    {
        var given = new MigrateArguments();
        var release = new Option<bool>("--release") { Description = "Lets the brake go." };
        var command = given.Command(
            "brake", "Holds the brake: nothing is read from the legacy for its migration until it is released.", given.Source, release, given.Reason);
        command.SetAction((parsed, cancellationToken) => MigrationCommandHost.OrderAsync(
            given,
            parsed,
            output,
            errors,
            _ => new BrakeMigration(
                MachineOrders.Operator, parsed.GetValue(given.Source)!, !parsed.GetValue(release), parsed.GetValue(given.Reason)),
            cancellationToken));
        return command;
    }

    private static Command Limit(TextWriter output, TextWriter errors)
    {
        var (given, load) = (new MigrateArguments(), new MigrateLoad());
        var command = given.Command(
            "limit",
            "Sets how hard the legacy may be asked by its migration, in the place of what was set before.",
            [given.Source, .. load.Options, given.Reason]);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (limits, problem) = load.Of(parsed).ToLoad();
            return limits is null
                ? await MigrationCommandHost.WrongAsync(errors, problem!)
                : await MigrationCommandHost.OrderAsync(
                    given,
                    parsed,
                    output,
                    errors,
                    _ => new LimitMigration(MachineOrders.Operator, parsed.GetValue(given.Source)!, limits, parsed.GetValue(given.Reason)),
                    cancellationToken);
        });
        return command;
    }

    private static Command Declare(TextWriter output, TextWriter errors)
    {
        var given = new MigrateArguments();
        given.Reason.Required = true;
        var field = new Option<string>("--field") { Description = "The field, as differences name it; a path stands for all below it.", Required = true };
        var until = new Option<DateTimeOffset>("--until") { Description = "When it ends (RFC 3339), within 366 days.", Required = true };
        var command = given.Command("declare", "Declares that a kind of difference between a legacy and its copy is none.", given.Source, field, until, given.Reason);
        command.SetAction((parsed, cancellationToken) => MigrationCommandHost.OrderAsync(
            given,
            parsed,
            output,
            errors,
            _ => new DeclareEquivalence(
                MachineOrders.Operator, parsed.GetValue(given.Source)!, parsed.GetValue(field)!, parsed.GetValue(until), parsed.GetValue(given.Reason)!),
            cancellationToken));
        return command;
    }

    private static Command Settle(TextWriter output, TextWriter errors)
    {
        var given = new MigrateArguments();
        given.Reason.Required = true;
        var id = new Option<long>("--divergence") { Description = "Its number, as 'divergences' of GraphQL gives it.", Required = true };
        var command = given.Command(
            "settle", "Writes down that a person looked at a fact both sides had changed, and what was done about it.", given.Source, id, given.Reason);
        command.SetAction((parsed, cancellationToken) => MigrationCommandHost.OrderAsync(
            given,
            parsed,
            output,
            errors,
            _ => new SettleDivergence(MachineOrders.Operator, parsed.GetValue(given.Source)!, parsed.GetValue(id), parsed.GetValue(given.Reason)!),
            cancellationToken));
        return command;
    }
}
