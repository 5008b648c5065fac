namespace Complaints.Tests.Shared;

/// <summary>Finds the checkout that the running test was built from, and its files.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Package folders below src, by name.</summary>
    public static IEnumerable<string> Packages =>
        Directory.GetDirectories(At("src"))
            .Select(folder => Path.GetFileName(folder)!)
            .Where(name => File.Exists(ProjectFile(name)))
            .Order(StringComparer.Ordinal);

    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    public static string ProjectFile(string package) => At("src", package, package + ".csproj");

    /// <summary>Files below a folder without build output, as paths relative to the root with forward slashes.</summary>
    public static IEnumerable<string> Files(string folder, params string[] extensions) =>
        !Directory.Exists(At(folder))
            ? []
            : Directory.EnumerateFiles(At(folder), "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
                .Where(file => !file.Split('/').Any(part => part is "bin" or "obj"))
                .Where(file => extensions.Length == 0 || extensions.Contains(Path.GetExtension(file)))
                .Order(StringComparer.Ordinal);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Complaints.Core.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("Complaints.Core.sln was not found above " + AppContext.BaseDirectory);
    }
}
