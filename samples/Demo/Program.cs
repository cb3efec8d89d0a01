using System.CommandLine;
using System.Globalization;
using DmpFederation.Demo;
using DmpFederation.SyntheticFrance;

var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
var home = Path.Combine(local.Length > 0 ? local : Path.GetTempPath(), "DmpFederation", "demo");

var data = new Option<string>("--data") { Description = $"Folder of the demo's state. Default: {home}", DefaultValueFactory = _ => home };
var patients = new Option<int>("--patients") { Description = "Patients of the world.", DefaultValueFactory = _ => 500 };
var seed = new Option<int>("--seed") { Description = "Seed of the world.", DefaultValueFactory = _ => 2009 };
var noPortal = new Option<bool>("--no-portal") { Description = "Do not start the partner portal." };
var fresh = new Option<bool>("--fresh") { Description = "Empty the state first." };
var noDrip = new Option<bool>("--no-drip")
{
    Description = "Let the legacy systems stand still: no new facts, corrections or withdrawals while the demo runs.",
};
var dripEvery = new Option<double>("--drip-every")
{
    Description = "Seconds between two events of the legacy systems, 0.1 for a load.",
    DefaultValueFactory = _ => 10,
};
var portBase = new Option<int>("--port-base")
{
    Description = "Port of the hub; the others follow it, up to 27 above.",
    DefaultValueFactory = _ => DemoPorts.Default,
};
Bound(patients, 1, World.Capacity);
Bound(portBase, 1024, 65_500);
dripEvery.Validators.Add(result =>
{
    if (result.Tokens is [var token] && double.TryParse(token.Value, CultureInfo.InvariantCulture, out var seconds)
        && seconds is not (>= 0 and <= 86_400))
        result.AddError("--drip-every must lie between 0 and 86400; --no-drip switches it off.");
});

var root = new RootCommand("Starts a demo of the federation: invented legacy systems, the hub, an identity provider and a partner portal, all on loopback.")
{
    data, patients, seed, noPortal, fresh, noDrip, dripEvery, portBase,
};
root.SetAction(async parsed =>
{
    var options = new DemoOptions(
        Path.GetFullPath(parsed.GetRequiredValue(data)), parsed.GetValue(patients), parsed.GetValue(seed), !parsed.GetValue(noPortal), parsed.GetValue(fresh),
        new DemoPorts(parsed.GetValue(portBase)))
    {
        DripEvery = parsed.GetValue(noDrip) ? null : parsed.GetValue(dripEvery),
    };
    try
    {
        await new DemoRun(options, TimeProvider.System, Console.Out).RunAsync();
        return 0;
    }
    catch (DemoFault fault)
    {
        await Console.Error.WriteLineAsync(fault.Message);
        return 1;
    }
});

var result = root.Parse(args);
if (result.Errors.Count == 0)
    return await result.InvokeAsync();
foreach (var error in result.Errors)
    await Console.Error.WriteLineAsync(error.Message);
await Console.Error.WriteLineAsync("--help lists the options.");
return 2;

static void Bound(Option<int> option, int low, int high) => option.Validators.Add(result =>
{
    if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var number) && (number < low || number > high))
        result.AddError($"{option.Name} must lie between {low} and {high}.");
});
