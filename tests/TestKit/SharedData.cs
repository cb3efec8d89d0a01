namespace DmpFederation.TestKit;

/// <summary>Public samples that may lie beside the repository; tests that need them are skipped where they do not.</summary>
internal static class SharedData
{
    /// <summary>A file of <c>../shared/data</c>, or null when there is none.</summary>
    public static string? Find(params ReadOnlySpan<string> path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "DmpFederation.sln")))
                continue;
            var file = Path.Combine([folder.FullName, "..", "shared", "data", .. path]);
            return File.Exists(file) ? file : null;
        }
        return null;
    }
}
