using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Complaints.Architecture.Tests;

/// <summary>Types and signatures as a C# reader writes them, without namespaces.</summary>
internal static class TypeText
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(object)] = "object", [typeof(string)] = "string", [typeof(bool)] = "bool",
        [typeof(byte)] = "byte", [typeof(char)] = "char", [typeof(short)] = "short", [typeof(int)] = "int",
        [typeof(long)] = "long", [typeof(uint)] = "uint", [typeof(ulong)] = "ulong", [typeof(float)] = "float",
        [typeof(double)] = "double", [typeof(decimal)] = "decimal",
    };

    public static string Name(Type type)
    {
        if (Keywords.TryGetValue(type, out var keyword))
        {
            return keyword;
        }

        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return Name(inner) + "?";
        }

        if (type.IsByRef || type.IsPointer)
        {
            return Name(type.GetElementType()!) + (type.IsPointer ? "*" : "");
        }

        if (type.IsArray)
        {
            return Name(type.GetElementType()!) + "[" + new string(',', type.GetArrayRank() - 1) + "]";
        }

        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        // A nested type repeats its parent's arguments; each level shows only its own.
        var outer = type.DeclaringType;
        var inherited = outer?.GetGenericArguments().Length ?? 0;
        var arguments = type.GetGenericArguments();
        var prefix = outer is null ? "" : Name(inherited > 0 && !type.IsGenericTypeDefinition ? outer.MakeGenericType(arguments[..inherited]) : outer) + ".";
        var own = arguments[inherited..];
        return prefix + type.Name.Split('`')[0] + (own.Length == 0 ? "" : $"<{string.Join(", ", own.Select(Name))}>");
    }

    public static string Constructor(ConstructorInfo constructor) =>
        $"{Access(constructor)}.ctor({Parameters(constructor)})";

    public static string Method(MethodInfo method)
    {
        var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";
        return $"{Access(method)}{Modifier(method)}{Name(method.ReturnType)} {method.Name}{generic}({Parameters(method)})";
    }

    public static string Property(PropertyInfo property, Func<MethodBase, bool> isVisible)
    {
        var getter = property.GetMethod is { } get && isVisible(get) ? get : null;
        var setter = property.SetMethod is { } set && isVisible(set) ? set : null;
        var accessors = (getter is null ? "" : "get; ") + (setter is null ? "" : IsInit(setter) ? "init; " : "set; ");
        var indexer = property.GetIndexParameters() is { Length: > 0 } index ? $"[{string.Join(", ", index.Select(Parameter))}]" : "";
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        return $"{Access(getter ?? setter!)}{Modifier(getter ?? setter!)}{required}{Name(property.PropertyType)} {property.Name}{indexer} {{ {accessors}}}";
    }

    public static string Field(FieldInfo field) =>
        (field.IsPublic ? "" : "protected ")
        + (field.IsLiteral ? "const " : field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "")
        + $"{Name(field.FieldType)} {field.Name}" + (field.IsLiteral ? " = " + Value(field.GetRawConstantValue()) : "");

    public static bool IsInit(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Modifier(MethodInfo method) =>
        method.IsStatic ? (method.IsAbstract ? "static abstract " : "static ")
        : method.DeclaringType!.IsInterface || method.IsFinal ? ""
        : method.IsAbstract ? "abstract "
        : method.GetBaseDefinition() != method ? "override "
        : method.IsVirtual && !method.DeclaringType.IsSealed ? "virtual " : "";

    private static string Parameters(MethodBase method)
    {
        var self = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        return self + string.Join(", ", method.GetParameters().Select(Parameter));
    }

    private static string Parameter(ParameterInfo parameter)
    {
        var way = parameter.IsOut ? "out " : parameter.IsIn ? "in " : parameter.ParameterType.IsByRef ? "ref "
            : parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) ? "params " : "";
        return $"{way}{Name(parameter.ParameterType)} {parameter.Name}" + (parameter.HasDefaultValue ? " = " + Default(parameter) : "");
    }

    private static string Default(ParameterInfo parameter) =>
        parameter.DefaultValue is null && parameter.ParameterType.IsValueType ? "default" : Value(parameter.DefaultValue);

    private static string Value(object? value) => value switch
    {
        null => "null",
        string text => "\"" + text.Replace("\n", "\\n") + "\"",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
