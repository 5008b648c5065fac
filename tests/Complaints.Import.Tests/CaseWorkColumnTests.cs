using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.Import.Mapping;
using NodaTime;

namespace Complaints.Import.Tests;

/// <summary>What an intake takes in full has its columns in a mapping: points, incident, item, goals and who is complained about.</summary>
public sealed class CaseWorkColumnTests
{
    private const string Mapping = """
        {
          "source": "desk", "zone": "Asia/Shanghai", "missing": ["-"], "datePatterns": ["uuuu-MM-dd HH:mm", "uuuu-MM-dd"], "id": "id",
          "fields": { "channel": { "constant": "phone" }, "title": "title", "itemKind": { "constant": "product" }, "itemSerial": "serial" },
          "points": { "columns": ["p2", "p3"] },
          "goals": { "column": "goals", "split": ";", "map": { "money": "compensation", "none": null }, "fold": true },
          "accused": { "column": "about", "split": "," },
          "incidentFrom": "from", "incidentTo": "to", "purchasedOn": "bought",
          "ledger": { "received": "at" }
        }
        """;

    private const string Header = "id,at,title,p2,p3,goals,about,from,to,serial,bought\n";

    [Fact]
    public async Task S012_S014_S015_S017_S116_X30_The_new_facts_come_in_by_their_columns()
    {
        await using var workshop = new Workshop();
        var file = workshop.Write("desk.csv", Header
            + "A-1,2026-03-02 10:00,Broken,Rude,Late,respect; Money ;respect;none,\"lee,kim\",2026-03-01 09:00,2026-03-01 10:30,"
            + "SN-1,2026-01-05\n"
            + "A-2,2026-03-03,Only this,-,,,-,,,,\n");
        var result = await workshop.Import.RunAsync(file, Workshop.Read(Mapping), workshop.Options());
        (result.Imported, result.Bad).ShouldBe((2, 0));

        var view = (await workshop.Desk.For(new Actor("amy", Role.Agent)).ViewAsync((await workshop.FindAsync("desk", "A-1")).Id))!;
        var words = await workshop.Desk.For(new Actor("amy", Role.Agent)).RevealAsync(view, Purpose.CaseWork);
        var (complaint, receipt) = (view.Complaint, view.Complaint.Receipt);
        complaint.Points.Select(point => words.Of(view.TextOf(point.Number)!)).ShouldBe(["Broken", "Rude", "Late"]);
        receipt.Goals.ShouldBe(["respect", "compensation"]);
        complaint.Participants.Select(part => (part.Role, part.Staff)).ShouldBe([("accused", "lee"), ("accused", "kim")]);
        (receipt.IncidentFrom, receipt.IncidentTo).ShouldBe(
            (Instant.FromUtc(2026, 3, 1, 1, 0), Instant.FromUtc(2026, 3, 1, 2, 30)));
        view.ItemOf(words).ShouldNotBeNull().ShouldSatisfyAllConditions(
            item => item.Serial.ShouldBe("SN-1"), item => item.PurchasedOn.ShouldBe(new LocalDate(2026, 1, 5)));
        var other = await workshop.FindAsync("desk", "A-2");
        var bare = (await workshop.Desk.For(new Actor("amy", Role.Agent)).ViewAsync(other.Id))!.Complaint;
        (bare.Points.Length, bare.Participants.Length, bare.Receipt.Goals.Length).ShouldBe((1, 0, 0));
    }

    [Theory]
    [InlineData("A-1,2026-03-02,T,,,,,2026-03-01 09:00,2026-02-28,,", "to", "incident.ended_before_it_began")]
    [InlineData("A-1,2026-03-02,T,,,,,yesterday,,,", "from", "import.instant")]
    [InlineData("A-1,2026-03-02,T,,,,,,,,5 Jan", "bought", "import.instant")]
    [InlineData("A-1,2026-03-02,T,,,,\"a1,a2,a3,a4,a5,a6,a7,a8,a9,b1,b2\",,,,", "about", "list.too_long")]
    public async Task X17_A_row_that_is_wrong_is_listed_with_its_column(string row, string column, string code)
    {
        await using var workshop = new Workshop();
        var file = workshop.Write("desk.csv", Header + row + "\n");
        var result = await workshop.Import.RunAsync(file, Workshop.Read(Mapping), workshop.Options());
        (result.Imported, result.Bad).ShouldBe((0, 1));
        var bad = string.Join('\n', workshop.BadRows());
        bad.ShouldContain(code);
        bad.ShouldContain(column);
    }

    [Fact]
    public async Task X17_A_point_that_is_too_long_and_a_word_that_is_not_in_the_map_are_listed()
    {
        await using var workshop = new Workshop();
        var strict = Workshop.Read(Mapping.Replace("\"fold\": true", "\"fold\": true, \"unmapped\": \"error\"", StringComparison.Ordinal));
        var file = workshop.Write("desk.csv", Header
            + $"A-1,2026-03-02,T,{new string('x', 4_001)},,,,,,,\nA-2,2026-03-02,T,,,fame,,,,,\nA-3,2026-03-02,T,,,money,,,,,\n");
        var result = await workshop.Import.RunAsync(file, strict, workshop.Options());
        (result.Imported, result.Bad).ShouldBe((1, 2));
        var bad = string.Join('\n', workshop.BadRows());
        bad.ShouldContain("text.too_long");
        bad.ShouldContain("import.unmapped");
    }

    [Theory]
    [InlineData("\"points\": { \"columns\": [\"p2\", \"p3\"] }", "\"points\": { \"column\": \"p2\", \"columns\": [\"p3\"] }")]
    [InlineData("\"points\": { \"columns\": [\"p2\", \"p3\"] }", "\"points\": { \"template\": \"{p2}\" }")]
    [InlineData("\"split\": \",\"", "\"split\": \"\"")]
    [InlineData("\"incidentFrom\": \"from\"", "\"incidentFrm\": \"from\"")]
    public void X17_A_mapping_that_makes_no_sense_is_refused_with_its_place(string right, string wrong)
    {
        ImportMapping.Read(Mapping).Refusal.ShouldBeNull();
        var json = Mapping.Replace(right, wrong, StringComparison.Ordinal);
        json.ShouldNotBe(Mapping);
        ImportMapping.Read(json).Refusal!.Details.ShouldNotBeEmpty();
    }
}
