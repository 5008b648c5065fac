using System.Collections;
using System.Reflection;
using Complaints.Core;
using Complaints.Core.History;
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
        ["ApprovalGranted.Note"] = "an approver's remark; its documentation forbids anything personal",
        ["ComplaintCommit.Summary"] = "the columns; its title is sealed",
    };

    public static TheoryData<Type> Stored() => [.. typeof(ComplaintEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ComplaintEvent))), typeof(Complaint), typeof(ComplaintSummary), typeof(ComplaintCommit), typeof(OutboxMessage), typeof(CommandAnswer)];

    [Theory]
    [MemberData(nameof(Stored))]
    public void Rule5_Nothing_stored_holds_a_clear_personal_value(Type stored) => Clear(stored).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Stored))]
    public void Rule5_Every_sealed_member_of_an_event_is_sealed_before_it_is_written(Type stored)
    {
        if (!stored.IsSubclassOf(typeof(ComplaintEvent)))
            return;
        var happened = System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(stored);
        var members = stored.GetProperties().Where(property => IsSealed(property.PropertyType)).ToList();
        var listed = (IEnumerable)typeof(ComplaintEvent).GetProperty("PersonalValues", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(happened)!;
        listed.Cast<object?>().Count().ShouldBe(members.Count, $"PersonalValues of {stored.Name} lists {string.Join(", ", members.Select(member => member.Name))}");
    }

    [Fact]
    public void Control_a_clear_name_is_found() => Clear(typeof(Leaky)).ShouldBe(["Leaky.Name", "Leaky.Who"], ignoreOrder: true);

    private static IEnumerable<string> Clear(Type stored) =>
        from property in stored.GetProperties()
        where !IsSealed(property.PropertyType)
        let name = $"{stored.Name}.{property.Name}"
        where property.PropertyType == typeof(Complainant) || property.PropertyType == typeof(Statement) || property.PropertyType == typeof(IntakeDraft)
            || PersonalWords.Contains(property.Name) && !Impersonal.ContainsKey(name)
        select name;

    private static bool IsSealed(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Personal<>);

    private sealed record Leaky(string Name, Complainant Who, Personal<string> Fine);
}
