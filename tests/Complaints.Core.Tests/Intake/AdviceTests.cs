using Complaints.Core.Classification;
using Complaints.Core.Intake;
using Complaints.Core.Tests.Assignment;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Intake;

/// <summary>What the host knows of customers, orders and categories is shown at intake; whatever a port does, it is registered.</summary>
public sealed class AdviceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("advice").FullName;

    private string Customers => Path.Combine(_folder, "customers.json");

    private string Orders => Path.Combine(_folder, "orders.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(null, "+86 138 0013 8000", null, "C-1", "O-2 O-1")]
    [InlineData("c-1 ", null, null, "C-1", "O-2 O-1")]
    [InlineData("C-2", "13800138000", null, "C-2", "")]
    [InlineData(null, null, "o-1", null, "O-1")]
    [InlineData(null, "13900139000", null, null, "")]
    public async Task S018_The_customer_is_found_by_reference_or_number_and_the_orders_too(
        string? reference, string? phone, string? order, string? found, string orders)
    {
        var desk = Desk(new(Files().Customers, Files().Orders));
        var advice = await desk.AdviseAsync(Draft(reference, phone, order));
        advice.Customer?.CustomerRef.ShouldBe(found);
        string.Join(' ', advice.Orders.Select(known => known.Ref)).ShouldBe(orders);
        advice.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task S018_A_file_that_is_not_there_knows_nobody_and_one_that_changes_is_read_again()
    {
        var desk = Desk(new(new FileCustomerDirectory(Customers), new FileOrderLookup(Orders)));
        (await desk.AdviseAsync(Draft("C-1"))).ShouldBe(IntakeAdvice.None with { Orders = [], Problems = [] }, new SameAdvice());
        Files();
        (await desk.AdviseAsync(Draft("C-1"))).Customer!.Name.ShouldBe("王小明");
        File.WriteAllText(Customers, """{ "customers": [ { "customerRef": "C-1", "name": "王大明" }, ] }""");
        (await desk.AdviseAsync(Draft("C-1"))).Customer!.Name.ShouldBe("王大明");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{ "customers": [ { "name": "nobody" } ] }""")]
    [InlineData("""{ "customers": [ null ] }""")]
    [InlineData("""{ "customres": [] }""")]
    [InlineData("[]")]
    public async Task S018_A_damaged_file_is_named_and_keeps_nobody_from_registering(string json)
    {
        File.WriteAllText(Customers, json);
        var desk = Desk(new(new FileCustomerDirectory(Customers), new FileOrderLookup(Orders)));
        var problem = (await desk.AdviseAsync(Draft("C-1"))).Problems.ShouldHaveSingleItem();
        problem.Label.Zh.ShouldBe("客户资料暂时无法查询");
        problem.Cause.ShouldBeOfType<InvalidDataException>().Message.ShouldContain(Customers);
        (await desk.RegisterAsync(Draft("C-1"))).IsSuccess.ShouldBeTrue();
    }

    [Fact]
    public async Task S144_A_classifier_suggests_and_nothing_of_it_is_applied()
    {
        var port = new Port { Suggestion = new("delivery", "late", "urgent") };
        var desk = Desk(new(classifier: port));
        var draft = Draft() with { Title = "?", Category = null, Subcategory = null, Urgency = null };
        (await desk.AdviseAsync(draft)).Suggestion.ShouldBe(port.Suggestion);
        var id = (await desk.RegisterAsync(draft)).Value.Complaint;
        var judged = (await desk.ViewAsync(id))!.Complaint.Judgement;
        (judged.Category, judged.Suggested).ShouldBe((null, false), "only a person takes it over");
        judged.Urgency.ShouldNotBe("urgent");
    }

    [Fact]
    public async Task S144_Without_a_classifier_the_rules_of_the_tenant_suggest()
    {
        var desk = Desk(new());
        var draft = Drafts.Chinese() with { Title = "冰箱漏水，有安全隐患", Category = null, Subcategory = null };
        var rule = Core.Definitions.Rulebook.BuiltIn.ClassificationRules.Value.Suggest(draft);
        (await desk.AdviseAsync(draft)).Suggestion?.Category.ShouldBe(rule?.Category);
    }

    [Theory]
    [InlineData("miracle", null, null)]
    [InlineData("delivery", "attitude", null)]
    [InlineData("delivery", null, "at once")]
    [InlineData(null, null, null)]
    public async Task S144_A_suggestion_of_what_there_is_not_is_left_out(string? category, string? subcategory, string? urgency)
    {
        var advice = await Desk(new(classifier: new Port { Suggestion = new(category!, subcategory, urgency) })).AdviseAsync(Draft());
        advice.Suggestion.ShouldBeNull();
        advice.Problems.ShouldHaveSingleItem().Label.En.ShouldBe("No category is suggested");
    }

    [Fact]
    public async Task S018_S144_Ports_that_throw_answer_null_or_too_much_break_nothing()
    {
        var throwing = new Port { Throws = true };
        var advice = await Desk(new(throwing, throwing, throwing)).AdviseAsync(Draft("C-1"));
        (advice.Customer, advice.Orders.Length, advice.Suggestion, advice.Problems.Length).ShouldBe((null, 0, null, 3));

        var silent = new Port { Found = null!, Bought = null! };
        advice = await Desk(new(silent, silent, silent)).AdviseAsync(Draft("C-1"));
        (advice.Customer, advice.Orders.Length, advice.Suggestion, advice.Problems.Length).ShouldBe((null, 0, null, 0));

        var loud = new Port
        {
            Found = new("C-1", new string('x', 20_000)),
            Bought =
            [
                null!, new(""), new("O\0"), new(new string('x', 500)), new("O-1"),
                .. Enumerable.Range(0, 90).Select(i => new OrderCard($"N-{i}")),
            ],
        };
        advice = await Desk(new(loud, loud)).AdviseAsync(Draft("C-1"));
        (advice.Customer, advice.Orders.Length, advice.Problems.Length).ShouldBe((null, 16, 1));
    }

    [Fact]
    public async Task S018_S144_Ports_that_hang_are_waited_for_two_seconds_side_by_side_and_left_alone_then()
    {
        var time = new HurriedTime();
        var hanging = new Port { Hangs = true };
        var desk = Desk(new(hanging, new Port { Hangs = true }, new Port { Hangs = true }, time));
        (await desk.AdviseAsync(Draft("C-1"))).Problems.Length.ShouldBe(3);
        hanging.Asked.Task.IsCompleted.ShouldBeTrue();
        (await desk.AdviseAsync(Draft("C-1"))).Problems.ShouldAllBe(problem => problem.Cause is TimeoutException, "and nobody waits again");
        (await desk.RegisterAsync(Draft("C-1"))).IsSuccess.ShouldBeTrue();
    }

    [Fact]
    public async Task S018_Who_sees_nothing_is_told_nothing_and_nobody_is_asked()
    {
        var port = new Port { Found = new("C-1", "王小明") };
        var desk = Desk(new(port, port, port)).For(new Actor("nobody"));
        (await desk.AdviseAsync(Draft("C-1"))).ShouldBeSameAs(IntakeAdvice.None);
        port.Asked.Task.IsCompleted.ShouldBeFalse();
        port.Found.ToString().ShouldBe("***");
    }

    private static ComplaintDesk Desk(IntakeAdviser adviser) =>
        new DeskHarness(StorePorts.Of(new InMemoryComplaintStore()), adviser: adviser).Desk;

    private static IntakeDraft Draft(string? reference = null, string? phone = null, string? order = null) => Drafts.English() with
    {
        Complainant = new Complainant("Ann", reference, phone is null ? [] : [new ContactPoint(ContactPoint.Phone, phone)]),
        Item = order is null ? null : new Item("order", order),
    };

    private (FileCustomerDirectory Customers, FileOrderLookup Orders) Files()
    {
        File.WriteAllText(Customers, """
            { "customers": [ { "customerRef": "C-1", "name": "王小明", "phone": "138-0013-8000", "tier": "gold" },
              { "customerRef": "C-2", "name": "李雷" } ] }
            """);
        File.WriteAllText(Orders, """
            { "orders": [ { "ref": "O-1", "customerRef": "C-1", "phone": "13800138000", "itemKind": "product", "boughtOn": "2026-01-02" },
              { "ref": "O-2", "customerRef": "C-1", "phone": "13800138000", "title": "双门冰箱", "boughtOn": "2026-03-02" } ] }
            """);
        return (new(Customers), new(Orders));
    }

    private sealed class SameAdvice : IEqualityComparer<IntakeAdvice>
    {
        public bool Equals(IntakeAdvice? one, IntakeAdvice? other) =>
            one!.Customer == other!.Customer && one.Orders.SequenceEqual(other.Orders) && one.Problems.SequenceEqual(other.Problems);

        public int GetHashCode(IntakeAdvice advice) => 0;
    }

    /// <summary>A port of a host's.</summary>
    private sealed class Port : ICustomerDirectory, IOrderLookup, IClassifierSuggestion
    {
        public CustomerCard? Found { get; init; }

        public IReadOnlyList<OrderCard> Bought { get; init; } = [];

        public ClassifierSuggestion? Suggestion { get; init; }

        public bool Throws { get; init; }

        public bool Hangs { get; init; }

        public TaskCompletionSource Asked { get; } = new();

        ValueTask<CustomerCard?> ICustomerDirectory.FindAsync(TenantId tenant, CustomerQuery query, CancellationToken token) =>
            Answer(Found);

        ValueTask<IReadOnlyList<OrderCard>> IOrderLookup.FindAsync(TenantId tenant, CustomerQuery query, CancellationToken token) =>
            Answer(Bought);

        ValueTask<ClassifierSuggestion?> IClassifierSuggestion.SuggestAsync(TenantId tenant, IntakeDraft draft, CancellationToken token) =>
            Answer(Suggestion);

        private ValueTask<T> Answer<T>(T value)
        {
            Asked.TrySetResult();
            if (Throws)
                throw new InvalidOperationException("broken");
            return Hangs ? new(new TaskCompletionSource<T>().Task) : new(value);
        }
    }
}
