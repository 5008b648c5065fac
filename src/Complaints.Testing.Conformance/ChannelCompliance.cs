using Xunit;

namespace Complaints.Testing.Conformance;

/// <summary>
/// Fails when an author of a channel forgot a class of laws, also one that a later version of this package brings along. Derive it once for
/// each fixture, in the test assembly in which the classes are.
/// </summary>
/// <typeparam name="TFixture">Makes the channel.</typeparam>
public abstract class ChannelCompliance<TFixture> where TFixture : IChannelFixture, new()
{
    /// <summary>Every class of laws.</summary>
    public static IReadOnlyList<Type> Laws { get; } =
        [.. typeof(IChannelFixture).Assembly.GetExportedTypes()
            .Where(type => type is { IsAbstract: true, BaseType: { IsGenericType: true } parent }
                && parent.GetGenericTypeDefinition() == typeof(ChannelLaws<>))
            .OrderBy(type => type.Name, StringComparer.Ordinal)];

    /// <summary>Classes of laws that are left out on purpose; say why beside each.</summary>
    protected virtual IReadOnlyCollection<Type> LeftOut => [];

    /// <summary>A law that nobody tries is none.</summary>
    [Fact]
    public void Every_class_of_laws_is_tried()
    {
        var tried = GetType().Assembly.GetExportedTypes().Where(type => !type.IsAbstract).Select(type => type.BaseType).ToHashSet();

        Assert.Empty(Laws.Where(law => !tried.Contains(law.MakeGenericType(typeof(TFixture)))).Except(LeftOut).Select(law => law.Name));
    }
}
