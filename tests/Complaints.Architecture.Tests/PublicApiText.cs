using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Complaints.Architecture.Tests;

/// <summary>A sorted listing of public types and members. What the compiler writes into records is left out.</summary>
internal static class PublicApiText
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly HashSet<string> RecordNoise =
        ["PrintMembers", "EqualityContract", "<Clone>$", "Equals", "GetHashCode", "ToString", "op_Equality", "op_Inequality", "Deconstruct"];

    public static string Of(IEnumerable<Type> types)
    {
        var text = new StringBuilder();
        foreach (var type in types.OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Head(type)).Append('\n');
            foreach (var member in Members(type).Distinct().Order(StringComparer.Ordinal))
            {
                text.Append("    ").Append(member).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Head(Type type)
    {
        var kind = type.IsEnum ? "enum"
            : typeof(Delegate).IsAssignableFrom(type) ? "delegate"
            : type.IsInterface ? "interface"
            : type.IsValueType ? (Product.IsRecordStruct(type) ? "record struct" : "struct")
            : (type.IsAbstract && type.IsSealed ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "")
                + (Product.IsRecordClass(type) ? "record" : "class");
        var bases = Bases(type).ToArray();
        return $"{kind} {type.Namespace}.{TypeText.Name(type)}" + (bases.Length == 0 ? "" : " : " + string.Join(", ", bases));
    }

    private static IEnumerable<string> Bases(Type type)
    {
        if (type.IsEnum || typeof(Delegate).IsAssignableFrom(type))
        {
            yield break;
        }

        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType))
        {
            yield return TypeText.Name(parent);
        }

        var own = type.GetInterfaces().Where(face => face.IsVisible)
            .Where(face => type.BaseType is null || !type.BaseType.GetInterfaces().Contains(face))
            .Where(face => !(Product.IsRecord(type) && face == typeof(IEquatable<>).MakeGenericType(type)));
        foreach (var name in own.Select(TypeText.Name).Order(StringComparer.Ordinal))
        {
            yield return name;
        }
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name))}");
        }

        if (typeof(Delegate).IsAssignableFrom(type))
        {
            return [TypeText.Method(type.GetMethod("Invoke")!)];
        }

        var isRecord = Product.IsRecord(type);
        return type.GetMembers(Declared)
            .Where(member => !member.IsDefined(typeof(CompilerGeneratedAttribute)) || member is MethodInfo { IsSpecialName: false, Name: not "<Clone>$" } || member is PropertyInfo)
            .Where(member => !(isRecord && IsNoise(member, type)))
            .Select(Text)
            .OfType<string>();
    }

    // A record's own ToString or GetHashCode is kept: only the compiler's carries the mark.
    private static bool IsNoise(MemberInfo member, Type type) =>
        member is ConstructorInfo constructor
            ? constructor.GetParameters() is [var only] && only.ParameterType == type
            : RecordNoise.Contains(member.Name) && (member.IsDefined(typeof(CompilerGeneratedAttribute)) || member.Name is "Deconstruct" or "EqualityContract" or "PrintMembers");

    private static string? Text(MemberInfo member) => member switch
    {
        ConstructorInfo { IsStatic: false } constructor when IsVisible(constructor) => TypeText.Constructor(constructor),
        MethodInfo method when IsVisible(method) && (!method.IsSpecialName || method.Name.StartsWith("op_")) => TypeText.Method(method),
        PropertyInfo property when property.GetAccessors(nonPublic: true).Any(IsVisible) => TypeText.Property(property, IsVisible),
        FieldInfo field when field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly => TypeText.Field(field),
        EventInfo @event when IsVisible(@event.AddMethod!) => $"event {TypeText.Name(@event.EventHandlerType!)} {@event.Name}",
        _ => null,
    };

    private static bool IsVisible(MethodBase method) =>
        method.IsPublic || ((method.IsFamily || method.IsFamilyOrAssembly) && !method.DeclaringType!.IsSealed);
}
