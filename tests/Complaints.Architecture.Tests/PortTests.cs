using System.Reflection;

namespace Complaints.Architecture.Tests;

public sealed class PortTests
{
    private const int MostMembers = 6;

    [Fact]
    public void Rule10_async_methods_take_a_cancellation_token_last() =>
        Product.PublicTypes.SelectMany(AsyncMethods).Where(method => !EndsWithToken(method)).Select(Text).ShouldBeEmpty();

    [Fact]
    public void Rule7_storage_ports_have_at_most_six_members() =>
        Product.PublicTypesOf("Complaints.Core")
            .Where(type => type.IsInterface && type.Namespace == "Complaints.Core.Storage")
            .Where(port => CountMembers(port) > MostMembers)
            .Select(port => $"{port.Name}: {CountMembers(port)} members")
            .ShouldBeEmpty();

    [Fact]
    public void Control_a_missing_token_is_found() =>
        AsyncMethods(typeof(ICareless)).Where(method => !EndsWithToken(method)).Select(method => method.Name).ShouldBe(["ForgetAsync", "MisplaceAsync"]);

    [Fact]
    public void Control_a_wide_port_is_counted()
    {
        CountMembers(typeof(ICareless)).ShouldBe(4);
        CountMembers(typeof(IWide)).ShouldBe(7);
    }

    private static IEnumerable<MethodInfo> AsyncMethods(Type type) =>
        typeof(Delegate).IsAssignableFrom(type)
            ? []
            : type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .Where(method => !method.IsSpecialName && IsAsync(method.ReturnType))
                .Where(method => !IsDictatedByOthers(method));

    private static bool IsAsync(Type type) =>
        typeof(Task).IsAssignableFrom(type) || type == typeof(ValueTask)
        || (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(ValueTask<>) || type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)));

    // Signatures that a foreign interface fixes (IAsyncDisposable, xunit's IAsyncLifetime) and xunit's test methods.
    private static bool IsDictatedByOthers(MethodInfo method)
    {
        var type = method.DeclaringType!;
        return method.GetCustomAttributes().Any(attribute => attribute.GetType().Name is "FactAttribute" or "TheoryAttribute")
            || method.GetBaseDefinition().DeclaringType!.Assembly.GetName().Name!.StartsWith("Complaints.") == false
            || (!type.IsInterface && type.GetInterfaces()
                .Where(face => !face.Assembly.GetName().Name!.StartsWith("Complaints."))
                .Any(face => type.GetInterfaceMap(face).TargetMethods.Contains(method)));
    }

    private static bool EndsWithToken(MethodInfo method) =>
        method.GetParameters() is [.., var last] && last.ParameterType == typeof(CancellationToken);

    private static int CountMembers(Type port) =>
        port.GetInterfaces().Append(port)
            .Where(face => face == port || face.Assembly == port.Assembly)
            .Sum(face => face.GetMembers().Count(member => member is not MethodInfo { IsSpecialName: true }));

    private static string Text(MethodInfo method) => $"{method.DeclaringType!.FullName}: {method}";

    public interface ICareless
    {
        int Count { get; }

        Task KeepAsync(int id, CancellationToken cancellationToken);

        ValueTask<int> ForgetAsync(int id);

        IAsyncEnumerable<int> MisplaceAsync(CancellationToken cancellationToken, int id);
    }

    public interface IWide : ICareless
    {
        void One();

        void Two();

        void Three();
    }
}
