namespace Complaints.Core.Tests;

public sealed class DerivedIdTests
{
    [Fact]
    public void The_same_parts_give_the_same_id_and_no_others()
    {
        var id = DerivedId.Of("part", "42", "e-mail");
        DerivedId.Of("part", "42", "e-mail").ShouldBe(id);
        Guid[] others = [DerivedId.Of("part", "42"), DerivedId.Of("part", "42e-mail"), DerivedId.Of("part", "e-mail", "42"), DerivedId.Of("sweep", "42", "e-mail")];
        others.Append(id).Distinct().Count().ShouldBe(5);
        id.Version.ShouldBe(8);
        id.Variant.ShouldBeInRange(8, 11);
    }

    [Fact]
    public void The_bytes_are_fixed_for_ever() => DerivedId.Of("part", "42", "e-mail").ShouldBe(Guid.Parse("47f81633-5944-87aa-b57a-b25bc231ccc2"));
}
