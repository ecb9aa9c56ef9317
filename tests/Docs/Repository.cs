namespace Xunke.Tests.Docs;

/// <summary>The source tree that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>Its root, which holds the solution.</summary>
    public static string Root { get; } = Find();

    /// <summary>Every Markdown file, without those of packages and of build outputs.</summary>
    public static IEnumerable<string> Documents =>
        Directory.EnumerateFiles(
            Root, "*.md", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden })
            .Where(file => !Path.GetRelativePath(Root, file).Split('/').Any(folder => folder is "node_modules" or "artifacts"));

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Monitoring.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"Monitoring.sln is in no folder above {AppContext.BaseDirectory}");
    }
}
