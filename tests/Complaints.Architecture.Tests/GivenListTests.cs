using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using Complaints.Core;
using Complaints.Core.Capabilities;

namespace Complaints.Architecture.Tests;

/// <summary>A list that is <c>default</c>, or has an entry that is <c>null</c>, never gets into a command, however it is set.</summary>
public sealed class GivenListTests
{
    [Fact]
    public void R40_Every_list_that_a_command_brings_is_normalised()
    {
        var brought = Reached(Product.PublicTypesOf("Complaints.Core").Where(IsCommand)).ToArray();
        brought.Sum(type => Lists(type).Count()).ShouldBeGreaterThan(8);
        brought.SelectMany(Open).ShouldBeEmpty();
    }

    [Fact]
    public void Control_lists_that_are_taken_as_they_are_given_are_found()
    {
        Open(typeof(Plain)).ShouldBe(
            ["Plain.Names is default when it is set", "Plain.Names is default when it is made", "Plain.Names keeps null"]);
        Open(typeof(Half)).ShouldBe(["Half.Names is default when it is set", "Half.Names keeps null"]);
        Reached([typeof(Outer)]).ShouldBe([typeof(Outer), typeof(Plain), typeof(Half)]);
    }

    private static bool IsCommand(Type type) =>
        !type.IsAbstract && Bases(type).Any(of => of.IsGenericType && of.GetGenericTypeDefinition() == typeof(Command<>));

    private static IEnumerable<Type> Bases(Type type) => type.BaseType is { } of ? Bases(of).Prepend(of) : [];

    private static List<Type> Reached(IEnumerable<Type> from)
    {
        var found = from.ToList();
        for (var i = 0; i < found.Count; i++)
        {
            var parts = Properties(found[i]).SelectMany(property => Parts(property.PropertyType))
                .Where(part => part.Assembly == found[i].Assembly && Product.IsRecordClass(part));
            found.AddRange(parts.Distinct().Except(found).ToArray());
        }
        return found;
    }

    private static IEnumerable<Type> Parts(Type type) => type.GetGenericArguments().SelectMany(Parts).Append(type);

    private static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is not null);

    private static IEnumerable<PropertyInfo> Lists(Type type) => Properties(type).Where(
        property => property.PropertyType is { IsGenericType: true } list && list.GetGenericTypeDefinition() == typeof(ImmutableArray<>));

    private static IEnumerable<string> Open(Type type)
    {
        foreach (var list in Lists(type))
        {
            var name = $"{type.Name}.{list.Name}";
            var bare = RuntimeHelpers.GetUninitializedObject(type);
            list.SetValue(bare, Activator.CreateInstance(list.PropertyType));
            if (IsDefault(list.GetValue(bare)!))
                yield return $"{name} is default when it is set";
            if (Made(type) is { } made && IsDefault(list.GetValue(made)!))
                yield return $"{name} is default when it is made";
            if (list.PropertyType.GetGenericArguments()[0].IsValueType)
                continue;
            list.SetValue(bare, WithNull(list.PropertyType.GetGenericArguments()[0]));
            if (((System.Collections.IEnumerable)list.GetValue(bare)!).Cast<object?>().Any())
                yield return $"{name} keeps null";
        }
    }

    /// <summary>By its longest constructor, with nothing in its place.</summary>
    private static object? Made(Type type) =>
        type.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length) is not { } longest ? null
            : longest.Invoke([.. longest.GetParameters().Select(parameter =>
                parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null)]);

    private static object WithNull(Type entry) =>
        typeof(GivenListTests).GetMethod(nameof(OneNull), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(entry).Invoke(null, null)!;

    private static ImmutableArray<T> OneNull<T>() where T : class => [null!];

    private static bool IsDefault(object list) => (bool)list.GetType().GetProperty(nameof(ImmutableArray<int>.IsDefault))!.GetValue(list)!;

    public sealed record Plain(ImmutableArray<string> Names);

    public sealed record Half(ImmutableArray<string> Names)
    {
        public ImmutableArray<string> Names { get; init; } = Names.IsDefault ? [] : Names;
    }

    public sealed record Outer(Plain? One, ImmutableArray<Half> Many);
}
