namespace DmpFederation.BadPlugins.ForeignLibrary;

public sealed record Remark(string Text);
