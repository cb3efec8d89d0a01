using DmpFederation.Hub.Cli;

return await HubCommandLine.RunAsync(args);

/// <summary>Entry point; public in name only, so that tests can start the real host.</summary>
internal sealed partial class Program;
