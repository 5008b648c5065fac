namespace Complaints.Architecture.Tests;

/// <summary>Namespace = folder, but for the layers that bear the name of the house; and sealed by default.</summary>
public sealed class ShapeTests
{
    /// <summary>Public classes made to be derived from, each with its reason.</summary>
    private static readonly Dictionary<string, string> Unsealed = new()
    {
        ["Complaints.Core.Intake.IntakeEntry"] = "Receipt is one with what came of it, so that a fact is stated once.",
        ["Complaints.Core.CommandInfo"] = "Commands on complaints and on improvements are told by the same members.",
        ["Complaints.Core.Storage.StoreException"] = "StoreUnavailableException is one, so that a caller may catch both.",
    };

    [Fact]
    public void Namespace_of_a_source_file_is_its_folder() =>
        Repository.Files("src", ".cs").Select(file => Misplaced(file, File.ReadAllText(Repository.At(file)))).OfType<string>().ShouldBeEmpty();

    [Fact]
    public void Rule11_public_classes_are_sealed() =>
        Product.PublicTypes.Where(type => IsOpen(type) && !Unsealed.ContainsKey(type.FullName!)).Select(type => type.FullName).ShouldBeEmpty();

    [Fact]
    public void Control_a_wrong_namespace_is_found()
    {
        Misplaced("src/Complaints.Core/Intake/Draft.cs", "namespace Complaints.Core;").ShouldNotBeNull();
        Misplaced("src/Complaints.Core/Intake/Draft.cs", "// x\nnamespace Complaints.Core.Intake;").ShouldBeNull();
        Misplaced("src/Complaints.Cli/Program.cs", "return 0;").ShouldBeNull();
        Misplaced("src/Complaints.Core/Kernel/Text.cs", "namespace Complaints.Core;").ShouldBeNull();
        Misplaced("src/Complaints.Core/Kernel/Text.cs", "namespace Complaints.Core.Kernel;").ShouldNotBeNull();
    }

    [Fact]
    public void Control_an_open_class_is_found()
    {
        IsOpen(typeof(Open)).ShouldBeTrue();
        IsOpen(typeof(Closed)).ShouldBeFalse();
        IsOpen(typeof(ShapeText)).ShouldBeFalse();
    }

    // Files without a namespace are top-level programs and assembly attributes. The kernel and the desk are layers and no rooms: what
    // they offer is the first that a host meets, and needs one using.
    private static string? Misplaced(string file, string text)
    {
        var expected = Path.GetDirectoryName(file)!.Replace('\\', '/')["src/".Length..].Replace('/', '.');
        expected = expected is "Complaints.Core.Kernel" or "Complaints.Core.Desk" ? "Complaints.Core" : expected;
        var declared = text.Split('\n').FirstOrDefault(line => line.StartsWith("namespace "))?["namespace ".Length..].Trim().TrimEnd(';', '{', ' ');
        return declared is null || declared == expected ? null : $"{file}: namespace {declared}, expected {expected}";
    }

    private static bool IsOpen(Type type) => type is { IsClass: true, IsAbstract: false, IsSealed: false };

    public class Open;

    public sealed class Closed;

    public static class ShapeText;
}
