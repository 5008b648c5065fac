using System.Collections.Immutable;
using Complaints.Core.Intake;

namespace Complaints.SampleHost.Demo;

/// <summary>Made-up complaints of made-up people.</summary>
internal static class Drafts
{
    private static readonly string[] Surnames = ["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴"];
    /// <summary>Given names, and how whoever has one is addressed.</summary>
    private static readonly (string Name, string Title)[] GivenNames =
    [
        ("小明", "先生"), ("芳", "女士"), ("伟", "先生"), ("秀英", "女士"), ("敏", "女士"), ("静", "女士"), ("强", "先生"), ("磊", "先生"),
        ("洋", "先生"), ("艳", "女士"), ("建国", "先生"), ("丽娟", "女士"),
    ];

    private static readonly (string Name, string Title)[] English =
    [
        ("Emma Clark", "Ms"), ("Oliver Wright", "Mr"), ("Grace Hughes", "Ms"), ("Jack Turner", "Mr"), ("Amelia Reed", "Ms"),
        ("Harry Cole", "Mr"),
    ];
    private static readonly string[] Channels = ["phone", "phone", "phone", "web-form", "chat", "email", "social", "store-desk", "letter"];

    private static readonly (string Zh, string En, string Category, string Subcategory)[] Matters =
    [
        ("冰箱送错型号", "Wrong fridge delivered", "delivery", "wrong-item"),
        ("快递延误一周", "Parcel overdue by a week", "delivery", "late"),
        ("收到的货物破损", "Goods arrived broken", "delivery", "damaged"),
        ("客服态度恶劣", "Rude on the line", "service", "attitude"), ("等待时间过长", "Waited an hour on the line", "service", "efficiency"), ("退款迟迟不到账", "Refund has not arrived", "after-sales", "return-flow"),
        ("维修三次仍未修好", "Repaired three times, still broken", "after-sales", "repair"), ("促销价与结算价不符", "Charged more than the promotion said", "price", "promotion"), ("洗衣机运行时漏电", "Washing machine gives electric shocks", "product", "safety"),
        ("手机频繁死机", "Phone keeps crashing", "product", "unstable"), ("商品与描述不符", "Not what the page showed", "product", "not-as-described"), ("门店电话无人接听", "Nobody answers at the shop", "channel", "unreachable"),
    ];

    public static IntakeDraft Next(Random random)
    {
        var chinese = random.Next(4) > 0;
        var (zh, en, category, subcategory) = Matters[random.Next(Matters.Length)];
        var customer = random.Next(400);
        var (name, address) = chinese
            ? Named(Surnames[customer % Surnames.Length], GivenNames[customer % GivenNames.Length])
            : Named(English[customer % English.Length]);
        return new IntakeDraft
        {
            Channel = Channels[random.Next(Channels.Length)],
            EntryPoint = random.Next(3) == 0 ? "hotline" : null,
            Kind = random.Next(10) == 0 ? "inquiry" : "complaint",
            Title = chinese ? zh : en,
            Category = category,
            Subcategory = subcategory,
            Severity = Weighted(random, "minor", "major", "critical"),
            Urgency = Weighted(random, "normal", "low", "urgent"),
            Impact = Weighted(random, "single", "several", "systemic"),
            Language = chinese ? "zh-CN" : "en",
            Tier = random.Next(5) == 0 ? "member" : null,
            // From the number and not by chance, so that all else stays the same demo.
            Item = subcategory == "safety" ? new Item("product") { Serial = customer % 2 == 0 ? $"SN-{customer:D6}" : null } : null,
            Answers = subcategory == "safety" ? [new("smell", "no"), new("injured", "no"), new("in-use", "unplugged")] : [],
            Goals = customer % 3 == 0 ? ["respect", "compensation"] : [],
            Points = customer % 7 == 0 ? FurtherPoints(chinese) : [],
            Complainant = new Complainant(
                name, $"C{customer:D5}", [new ContactPoint(ContactPoint.Phone, $"138{customer:D4}{customer * 7 % 10_000:D4}")])
            {
                AddressAs = customer % 3 == 0 ? address : null,
            },
            Statement = new Statement(chinese ? $"{zh}，希望尽快处理。" : $"{en}. Please put this right soon.", chinese ? "尽快解决" : "A quick answer"),
        };
    }

    private static (string Name, string Address) Named(string surname, (string Name, string Title) given) =>
        (surname + given.Name, surname + given.Title);

    private static (string Name, string Address) Named((string Name, string Title) whole) =>
        (whole.Name, $"{whole.Title} {whole.Name.Split(' ')[^1]}");

    private static ImmutableArray<DraftPoint> FurtherPoints(bool chinese) => chinese
        ? [new("送货人员态度恶劣。", "service", "attitude"), new("客服电话等待时间过长。", "service", "efficiency")]
        : [new("The driver was rude.", "service", "attitude"), new("Waited too long on the line.", "service", "efficiency")];

    private static string Weighted(Random random, string often, string sometimes, string seldom) => random.Next(10) switch { < 6 => often, < 9 => sometimes, _ => seldom };
}
