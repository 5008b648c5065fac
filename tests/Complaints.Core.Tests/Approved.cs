using System.Runtime.CompilerServices;

namespace Complaints.Core.Tests;

/// <summary>
/// Files that a person has looked at and approved, in <c>Approved/</c>. Run with <c>COMPLAINTS_APPROVE=1</c> to write what is found, and read the difference before it is committed.
/// </summary>
internal static class Approved
{
    public static string File(string name) => Path.Combine(Folder(), name);

    /// <summary>The text is the approved one.</summary>
    public static void ShouldBeApproved(this string text, string name)
    {
        if (Environment.GetEnvironmentVariable("COMPLAINTS_APPROVE") == "1")
            System.IO.File.WriteAllText(File(name), text);
        System.IO.File.Exists(File(name)).ShouldBeTrue($"{name} is missing: run with COMPLAINTS_APPROVE=1 and read what it writes");
        text.ShouldBe(System.IO.File.ReadAllText(File(name)), $"{name} says otherwise; if the change is meant, run with COMPLAINTS_APPROVE=1");
    }

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Approved");
}
