using System.Collections;
using System.Reflection;
using Complaints.Core;
using Complaints.Core.History;
using Complaints.Core.Improvements;
using Complaints.Core.Intake;
using Complaints.Core.Storage;

namespace Complaints.Architecture.Tests;

/// <summary>Rule 5: what is stored holds personal values sealed, and every sealed value is known to be one.</summary>
public sealed class PersonalDataTests
{
    /// <summary>Names under which people write about people. A member called so is personal, or says here why it is not.</summary>
    private static readonly string[] PersonalWords = ["Name", "Phone", "Email", "Address", "Narrative", "Statement", "Complainant", "Title", "Summary", "Comment", "Description", "Amendment", "Note", "Contacts"];

    private static readonly Dictionary<string, string> Impersonal = new()
    {
        ["AggregateCommit.Summary"] = "the columns; its title is sealed",
        ["ComplaintCommit.Summary"] = "the columns; its title is sealed",
    };

    public static TheoryData<Type> Stored() => [.. typeof(ComplaintEvent).Assembly.GetTypes().Where(IsEvent), typeof(Complaint), typeof(
        Improvement), typeof(AggregateSummary), typeof(AggregateCommit), typeof(ImprovementAnswer), typeof(ComplaintSummary),
        typeof(ComplaintCommit), typeof(OutboxMessage), typeof(CommandAnswer)];

    private static bool IsEvent(Type type) => type.IsSubclassOf(typeof(ComplaintEvent)) || type.IsSubclassOf(typeof(ImprovementEvent));

    [Theory]
    [MemberData(nameof(Stored))]
    public void Rule5_Nothing_stored_holds_a_clear_personal_value(Type stored) => Clear(stored).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Stored))]
    public void Rule5_Every_sealed_member_of_an_event_is_sealed_before_it_is_written(Type stored)
    {
        if (!IsEvent(stored))
            return;
        var happened = Filled(stored);
        var members = Sealed(stored).ToList();
        var listed = (IEnumerable)stored.BaseType!.GetProperty("PersonalValues", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(
            happened)!;
        listed.Cast<object?>().Count().ShouldBe(members.Count, $"PersonalValues of {stored.Name} lists {string.Join(", ", members)}");
    }

    [Fact]
    public void Control_what_lies_in_a_record_of_an_event_is_looked_at_too()
    {
        Sealed(typeof(ComplaintRegistered)).ShouldBe(["Statement", "Item", "SourceId", "Entry.Title", "Entry.Complainant"],
            ignoreOrder: true);
        Clear(typeof(Outer)).ShouldBe(["Leaky.Name", "Leaky.Who"], ignoreOrder: true);
    }

    [Fact]
    public void Control_a_clear_name_is_found() => Clear(typeof(Leaky)).ShouldBe(["Leaky.Name", "Leaky.Who"], ignoreOrder: true);

    private static IEnumerable<string> Clear(Type stored) =>
        from type in Within(stored).Prepend(stored).Distinct()
        from property in type.GetProperties()
        where !IsSealed(property.PropertyType)
        let name = $"{type.Name}.{property.Name}"
        where property.PropertyType == typeof(Complainant) || property.PropertyType == typeof(Statement) || property.PropertyType == typeof(IntakeDraft)
            || PersonalWords.Contains(property.Name) && !Impersonal.ContainsKey(name)
        select name;

    /// <summary>The intake's records that lie in a stored type: what they hold is stored as if it were its own.</summary>
    private static IEnumerable<Type> Within(Type stored) =>
        stored.GetProperties().Select(property => property.PropertyType)
            .Where(type => type.IsSubclassOf(typeof(IntakeFacts)) || type == typeof(Leaky));

    private static IEnumerable<string> Sealed(Type stored) =>
        stored.GetProperties().SelectMany(property =>
            IsSealed(property.PropertyType) ? [property.Name]
            : Within(stored).Contains(property.PropertyType) ? Sealed(property.PropertyType).Select(name => $"{property.Name}.{name}")
            : []);

    /// <summary>An event of which nothing is known, but that its records are there.</summary>
    private static object Filled(Type type)
    {
        var made = System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type);
        foreach (var property in type.GetProperties().Where(property => property.PropertyType.IsSubclassOf(typeof(IntakeFacts))))
            property.SetValue(made, Filled(property.PropertyType));
        return made;
    }

    private static bool IsSealed(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Personal<>);

    private sealed record Outer(Leaky Inner);

    private sealed record Leaky(string Name, Complainant Who, Personal<string> Fine);
}
