using Complaints.Core;
using Complaints.Core.DependencyInjection;
using Complaints.Core.Intake;
using Complaints.Core.Storage;
using CrmTransaction;
using Microsoft.Extensions.DependencyInjection;

// dotnet run --project samples/03-CrmTransaction [-- "Host=...;Database=...;Username=..."]
var crm = Crm.On(args.FirstOrDefault() ?? Path.Combine(Directory.CreateTempSubdirectory("crm-").FullName, "crm.db"));
var services = new ServiceCollection();
crm.Choose(services.AddComplaints());
await using var provider = services.BuildServiceProvider();
var desk = provider.GetRequiredService<ComplaintDesk>().For(new Actor("amy", Role.Agent));
await desk.PrepareAsync(); // before the first transaction

var first = await ComplainAsync("the first complaint, without a transaction");
await TellAsync("committed", async order => await Plain.CancelAsync(crm, desk, order, Draft(order)));
await TellAsync("rolled back", async order => await Plain.CancelAsync(crm, desk, order, Draft(order), commit: false));
await TellAsync("conflict, then committed", async order => await Plain.CancelAndDoAsync(crm, desk, order, first, new AddNote("Order cancelled."), seen: 0));
await TellAsync("EF Core, committed", async order => await WithEntityFramework.CancelAsync(crm, desk, order, Draft(order)));
await TellAsync("EF Core, rolled back", async order => await WithEntityFramework.CancelAsync(crm, desk, order, Draft(order), commit: false));
var failures = 0;
await TellAsync("EF Core, connection lost after the commit, repeated", async order => await WithEntityFramework.CancelAsync(
    crm, desk, order, Draft(order), afterCommit: () => { if (failures++ == 0) throw new TimeoutException("Nobody knows whether it was written."); }));

async Task TellAsync(string story, Func<string, Task<object?>> act)
{
    var order = Guid.NewGuid().ToString("N")[..8];
    await crm.CreateOrderAsync(order);
    var before = await desk.TotalsAsync();
    await act(order);
    var after = await desk.TotalsAsync();
    Console.WriteLine($"{story,-52} order {await crm.StatusAsync(order),-9} complaints +{after.Complaints - before.Complaints}  messages +{after.Outbox - before.Outbox}");
}

async Task<ComplaintId> ComplainAsync(string title) => (await desk.RegisterAsync(Draft(title))).Value.Complaint;

static IntakeDraft Draft(string order) => new()
{
    Channel = "phone", Title = $"Order {order} came damaged", Category = "delivery", Complainant = new Complainant(Name: "Wang Xiaoming", Contacts: [new(ContactPoint.Phone, "138 0013 8000")]),
};
