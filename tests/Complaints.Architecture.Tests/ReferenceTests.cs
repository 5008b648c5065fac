using System.Xml.Linq;

namespace Complaints.Architecture.Tests;

public sealed class ReferenceTests
{
    public static TheoryData<string> Packages => [.. Repository.Packages];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Package_stands_in_the_table(string package) => PackageTable.Allowed.Keys.ShouldContain(package);

    [Theory]
    [MemberData(nameof(Packages))]
    public void Project_file_names_only_what_the_table_allows(string package) =>
        NotAllowed(XDocument.Load(Repository.ProjectFile(package)), PackageTable.Allowed[package]).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Packages))]
    public void Assembly_uses_only_what_the_table_allows(string package) =>
        Product.Load(package).GetReferencedAssemblies()
            .Select(name => name.Name!)
            .Where(name => !IsAllowed(name, PackageTable.Closure(package)))
            .ShouldBeEmpty();

    [Fact]
    public void Control_a_forbidden_reference_is_found()
    {
        var project = XDocument.Parse(
            """
            <Project><ItemGroup>
              <ProjectReference Include="../Complaints.Storage.Sqlite/Complaints.Storage.Sqlite.csproj" />
              <PackageReference Include="NodaTime" />
              <PackageReference Include="Meziantou.Analyzer" PrivateAssets="all" />
            </ItemGroup></Project>
            """);

        NotAllowed(project, ["NodaTime"]).ShouldBe(["Complaints.Storage.Sqlite"]);
        IsAllowed("Microsoft.Data.Sqlite", PackageTable.Closure("Complaints.Reporting")).ShouldBeFalse();
        IsAllowed("NodaTime", PackageTable.Closure("Complaints.Reporting")).ShouldBeTrue();
    }

    // A reference with PrivateAssets="all" (an analyzer) never reaches a user.
    private static IEnumerable<string> NotAllowed(XDocument project, string[] allowed) =>
        project.Descendants()
            .Where(item => item.Name.LocalName is "ProjectReference" or "PackageReference")
            .Where(item => (string?)item.Attribute("PrivateAssets") != "all")
            .Select(item => (string)item.Attribute("Include")!)
            .Select(include => include.EndsWith(".csproj") ? Path.GetFileNameWithoutExtension(include.Replace('\\', '/')) : include)
            .Except(allowed);

    private static bool IsAllowed(string assembly, IReadOnlySet<string> packages) =>
        IsFramework(assembly) || packages.Contains(assembly) || packages.SelectMany(AssembliesOf).Contains(assembly);

    private static bool IsFramework(string assembly) =>
        assembly.StartsWith("System.") && assembly != "System.CommandLine" || assembly is "netstandard" or "mscorlib" or "Microsoft.CSharp";

    // Packages whose assemblies have other names than the package.
    private static string[] AssembliesOf(string package) => package switch
    {
        "SQLitePCLRaw.bundle_e_sqlite3" => ["SQLitePCLRaw.core", "SQLitePCLRaw.batteries_v2", "SQLitePCLRaw.provider.e_sqlite3"],
        "xunit.v3.extensibility.core" => ["xunit.v3.core", "xunit.v3.common"],
        "Fluid.Core" => ["Fluid", "Parlot"],
        "libphonenumber-csharp" => ["PhoneNumbers"],
        "MailKit" => ["MimeKit"],
        "Microsoft.Extensions.Http.Resilience" => ["Microsoft.Extensions.Telemetry.Abstractions", "Polly.Core", "Polly.RateLimiting"],
        "Microsoft.Extensions.Options" => ["Microsoft.Extensions.Primitives"],
        _ => [],
    };
}
