using Complaints.Core;
using Complaints.Core.DependencyInjection;
using Complaints.Core.Intake;
using Complaints.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Cli.Tests;

/// <summary>What is not known of which case, on the command line and on SQLite; and a corrected number finds the case there, too.</summary>
public sealed class MissingTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task S020_Cases_with_open_fields_are_listed_in_words_until_they_are_amended()
    {
        var (id, number) = (default(ComplaintId), "");
        await OnDeskAsync(async desk =>
        {
            (id, number) = await RegisterAsync(desk);
        });
        (await _tool.DoAsync("missing")).Output.ShouldContain($"{number}  Serial number, Is anybody hurt?");
        (await _tool.RunInAsync("zh", "missing")).Output.ShouldContain($"{number}  序列号、是否有人受伤？");
        var json = (await _tool.DoAsync("missing", "--json")).Json;
        json.GetProperty("missing")[1].GetString().ShouldBe("question.injured");
        var shown = (await _tool.RunInAsync("zh", "show", number)).Output;
        foreach (var line in new[] { "称呼 王先生", "客户目的 求尊重", "待补全 序列号、是否有人受伤？", "产品 产品", "诉求点 3. " })
            shown.ShouldContain(line);

        await OnDeskAsync(async desk =>
        {
            AmendIntake[] amends = [new() { ItemSerial = "SN-1", Phone = "13912345678" }, new() { Question = "injured", Answer = "no" }];
            foreach (var amend in amends)
                (await desk.ExecuteAsync(id, amend)).Refusal.ShouldBeNull();
            foreach (var (phone, found) in new[] { ("13912345678", 1), ("13800138000", 0) })
                (await desk.ListAsync(new() { Lookup = await desk.PhoneLookupAsync(phone) })).Items.Length.ShouldBe(found, phone);
        });
        (await _tool.DoAsync("missing")).Output.ShouldContain("0 incomplete.");
        (await _tool.DoAsync("verify")).ExitCode.ShouldBe(0);
        (await _tool.DoAsync("show", number)).Output.ShouldContain("SN-1");
    }

    private static async Task<(ComplaintId Id, string Number)> RegisterAsync(ComplaintDesk desk)
    {
        var answer = (await desk.RegisterAsync(new IntakeDraft
        {
            Channel = "phone", Title = "热水器异味", Category = "product", Subcategory = "safety", Goals = ["respect"],
            Complainant = new("王小明", Contacts: [new(ContactPoint.Phone, "13800138000")]) { AddressAs = "王先生" },
            Item = new("product"), Points = [new("维修人员迟到。"), new("电话无人接听。")], Answers = [new("smell", "no")],
        })).Value;
        return (answer.Complaint, answer.Number);
    }

    private async Task OnDeskAsync(Func<ComplaintDesk, Task> act)
    {
        var services = new ServiceCollection();
        services.AddComplaints().UseSqlite($"Data Source={_tool.Db};Pooling=false");
        await using var provider = services.BuildServiceProvider();
        await act(provider.GetRequiredService<ComplaintDesk>().For(new Actor("amy", Role.Agent)));
    }
}
