using System.Collections;
using System.Collections.Immutable;
using System.Reflection;

namespace Complaints.Architecture.Tests;

public sealed class RecordTests
{
    [Fact]
    public void Public_records_of_Core_are_immutable() =>
        Product.PublicTypesOf("Complaints.Core").Where(Product.IsRecord).SelectMany(Mutable).ShouldBeEmpty();

    [Fact]
    public void Control_mutable_records_are_found()
    {
        Mutable(typeof(Settable)).ShouldBe(["Settable.Name can be set"]);
        Mutable(typeof(Open)).ShouldBe(["Open.Count is a mutable field"]);
        Mutable(typeof(Listed)).ShouldBe(["Listed.Names is a List`1", "Listed.Bytes is a Byte[]"]);
        Mutable(typeof(Nested)).ShouldBe(["Nested.Rows is a List`1"]);
        Mutable(typeof(SettableStruct)).ShouldBe(["SettableStruct.Id can be set"]);
        Mutable(typeof(Good)).ShouldBeEmpty();
        Product.IsRecord(typeof(SettableStruct)).ShouldBeTrue();
        Product.IsRecord(typeof(RecordTests)).ShouldBeFalse();
    }

    private static IEnumerable<string> Mutable(Type record)
    {
        foreach (var property in record.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        {
            if (property.SetMethod is { IsPublic: true } setter && !IsInit(setter))
            {
                yield return $"{record.Name}.{property.Name} can be set";
            }

            if (MutablePart(property.PropertyType) is { } part)
            {
                yield return $"{record.Name}.{property.Name} is a {part.Name}";
            }
        }

        foreach (var field in record.GetFields(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(field => !field.IsInitOnly))
        {
            yield return $"{record.Name}.{field.Name} is a mutable field";
        }
    }

    private static bool IsInit(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit));

    // Looks into type arguments too: an IReadOnlyList<List<T>> is as open as a List<T>.
    private static Type? MutablePart(Type type) =>
        type.IsArray || (IsCollection(type) && type.Namespace == "System.Collections.Generic" && !type.Name.StartsWith("IReadOnly") && type.Name != "IEnumerable`1")
            ? type
            : type.GetGenericArguments().Select(MutablePart).FirstOrDefault(part => part is not null);

    private static bool IsCollection(Type type) => typeof(IEnumerable).IsAssignableFrom(type) && type.IsGenericType;

    public sealed record Settable { public string Name { get; set; } = ""; }

    public sealed record Open { public int Count; }

    public sealed record Listed(List<string> Names, byte[] Bytes);

    public sealed record Nested(IReadOnlyList<List<int>> Rows);

    public record struct SettableStruct(int Id);

    public sealed record Good(ImmutableArray<string> Names, IReadOnlyList<int> Numbers, ReadOnlyMemory<byte> Bytes, ImmutableDictionary<string, int> Map);
}
