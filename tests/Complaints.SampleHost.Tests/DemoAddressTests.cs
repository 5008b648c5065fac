using Complaints.SampleHost.Demo;

namespace Complaints.SampleHost.Tests;

/// <summary>S152: whoever is addressed in the demo is addressed as fits the name.</summary>
public sealed class DemoAddressTests
{
    private static readonly string[] Women = ["芳", "秀英", "敏", "静", "艳", "丽娟", "Emma", "Grace", "Amelia"];

    [Fact]
    public void S152_Forms_of_address_fit_the_names()
    {
        var random = new Random(7);
        var addressed = Enumerable.Range(0, 2_000).Select(_ => Drafts.Next(random).Complainant)
            .Where(person => person.AddressAs is not null).ToList();
        addressed.Count.ShouldBeGreaterThan(200);
        foreach (var (name, address) in addressed.Select(person => (person.Name!, person.AddressAs!)))
        {
            var isWoman = Women.Any(woman => name.StartsWith(woman, StringComparison.Ordinal) || name[1..] == woman);
            address.ShouldBe(name.Contains(' ')
                ? $"{(isWoman ? "Ms" : "Mr")} {name.Split(' ')[^1]}"
                : $"{name[0]}{(isWoman ? "女士" : "先生")}");
        }
        addressed.Select(person => person.AddressAs![^2..]).Distinct().Count().ShouldBeGreaterThan(3, "not all of them are women");
    }
}
