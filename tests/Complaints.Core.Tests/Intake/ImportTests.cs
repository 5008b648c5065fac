using Complaints.Core.Classification;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Tests.Intake;

public sealed class ImportTests
{
    private static readonly Instant Received = Instant.FromUtc(2011, 7, 1, 5, 32);

    private static ImportComplaint Import(params ImportedStep[] steps) =>
        new(Situation.Draft with { ExternalRef = new("ledger", "101"), ReceivedAt = Received, Channel = "Constituent Call", Category = "Sanitation", Subcategory = null }, [.. steps])
        {
            DueAt = Received + Duration.FromDays(3),
            InTime = true,
            Outcome = "Case Resolved",
        };

    [Fact]
    public void X17_A_history_is_taken_over_silently_and_in_the_sources_words()
    {
        var situation = new Situation().Do(Import(new ImportedStep("Closed", ComplaintState.Closed, Received + Duration.FromDays(1))), Situation.Administrator);
        var complaint = situation.Complaint!;
        complaint.State.ShouldBe(ComplaintState.Closed);
        complaint.Receipt.Channel.ShouldBe("Constituent Call");
        complaint.Imported!.InTime.ShouldBe(true);
        Clocks.Project(complaint, situation.Rules).ShouldBeEmpty();
        var transition = situation.Decisions[0].Events.OfType<ImportedTransition>().Single();
        transition.Irregular.ShouldBeTrue("our table does not lead from Registered to Closed");
    }

    [Fact]
    public void Contradictions_of_the_source_are_kept_and_flagged()
    {
        var import = Import(new ImportedStep("Closed", ComplaintState.Closed, Received - Duration.FromDays(1))) with { DueAt = Received - Duration.FromHours(1) };
        new Situation().Do(import, Situation.Administrator).Complaint!.Imported!.Contradictions.ShouldBe(["due-before-received", "closed-before-received"]);
    }

    [Fact]
    public void An_open_imported_complaint_has_no_clocks_until_it_is_adopted()
    {
        var situation = new Situation().Do(Import(new ImportedStep("Open", ComplaintState.Registered, Received)), Situation.Administrator);
        Clocks.Project(situation.Complaint!, situation.Rules).ShouldBeEmpty();
        situation.Do(new Classify(Category: "service"));
        Clocks.Project(situation.Complaint!, situation.Rules).ShouldBeEmpty("a reclassification must not start them");
        var now = situation.Now;
        situation.Do(new Adopt(), Situation.Administrator);
        Clocks.Project(situation.Complaint!, situation.Rules).ShouldContain(clock => clock.Objective == Objective.Resolution && clock.StartedAt == now && clock.IsRunning);
        situation.Try(new Adopt(), Situation.Administrator).Refusal!.Code.ShouldBe("import.already_adopted");
        Situation.Registered().Try(new Adopt(), Situation.Administrator).Refusal!.Code.ShouldBe("import.not_imported");
    }

    [Fact]
    public void Only_an_administrator_imports() => new Situation().Try(Import()).Refusal!.Code.ShouldBe("authority.role");

    [Fact]
    public void An_import_without_a_sources_id_or_a_receipt_is_refused()
    {
        var import = Import();
        Refused(import with { Draft = import.Draft with { ExternalRef = null } }, "externalRef");
        Refused(import with { Draft = import.Draft with { ReceivedAt = null } }, "receivedAt");
        Refused(import with { Draft = import.Draft with { Title = "a\0" } }, "title");

        static void Refused(ImportComplaint wrong, string field) =>
            new Situation().Try(wrong, Situation.Administrator).Refusal!.Data["field"].ShouldBe(field);
    }
}
