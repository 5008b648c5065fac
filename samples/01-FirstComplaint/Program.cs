using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using NodaTime;

var amy = new Actor("amy", Role.Agent);
var nine = Instant.FromUtc(2026, 9, 1, 1, 0); // 09:00 in Shanghai
DecisionContext At(double hours) => new()
{
    Now = nine + Duration.FromHours(hours), Actor = amy,
    Intake = new IntakeTicket(TenantId.Default, new ComplaintId(Guid.CreateVersion7()), "2026-000001", new SubjectId(Guid.CreateVersion7())),
};

var filed = Complaint.Decide(null, new Register(new IntakeDraft
{
    Channel = "phone",
    Title = "冰箱送错型号 (wrong fridge delivered)",
    Category = "delivery",
    Subcategory = "wrong-item",
    Complainant = new Complainant(Name: "王小明", Contacts: [new ContactPoint(ContactPoint.Phone, "138 0013 8000")]),
}), At(0)).Complaint;

var solved = Complaint.Decide(filed, new Resolve("replaced", "Exchanged on the same day.", ConfirmedInCall: true), At(2)).Complaint;
var closed = Complaint.Decide(solved, new Close(), At(3)).Complaint;
var refused = Complaint.Decide(closed, new Close(), At(4)).Refusal!;

foreach (var clock in Clocks.Project(closed, At(4).Rules))
{
    var standing = clock.IsOpen ? "running" : clock.IsMet ? "met" : "ended";
    Console.WriteLine($"{clock.Objective,-20} due {clock.Due}  stopped {clock.StoppedAt}  {standing}");
}
Console.WriteLine($"{closed.Number} is {closed.State}. Again? {refused.Code}: {refused.Message}");
