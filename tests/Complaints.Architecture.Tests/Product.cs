using System.Reflection;

namespace Complaints.Architecture.Tests;

/// <summary>The assemblies under test and small questions about their types.</summary>
internal static class Product
{
    public static Assembly Load(string package) => Assembly.Load(package);

    public static IEnumerable<Type> PublicTypes =>
        Repository.Packages.SelectMany(package => Load(package).GetExportedTypes());

    public static IEnumerable<Type> PublicTypesOf(string package) => Load(package).GetExportedTypes();

    public static bool IsRecord(Type type) => IsRecordClass(type) || IsRecordStruct(type);

    public static bool IsRecordClass(Type type) => type.GetMethod("<Clone>$") is not null;

    // A record struct has no clone method; its printer is the mark that the compiler leaves.
    public static bool IsRecordStruct(Type type) =>
        type.IsValueType && type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null;
}
