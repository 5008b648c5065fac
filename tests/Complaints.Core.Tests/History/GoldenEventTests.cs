using Complaints.Core.Capabilities;
using System.Runtime.CompilerServices;
using Complaints.Core.History;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Tests.History;

/// <summary>
/// A file a version of every type of event, in <c>Golden/</c>. Old bytes must be read for ever and today's must not drift: a file is only ever added.
/// Run with <c>COMPLAINTS_APPROVE_GOLDEN=1</c> to write the missing ones.
/// </summary>
public sealed class GoldenEventTests
{
    public static TheoryData<string, int> Versions()
    {
        var data = new TheoryData<string, int>();
        foreach (var happened in ComplaintRooms.Current.Catalogue.Events)
        {
            for (var v = 1; v <= happened.Version; v++)
                data.Add(happened.Name, v);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Every_version_of_every_event_is_read_and_written_as_it_was(string name, int version)
    {
        var path = Path.Combine(Folder(), $"{name}.v{version}.json");
        if (!File.Exists(path) && Environment.GetEnvironmentVariable("COMPLAINTS_APPROVE_GOLDEN") == "1")
            File.WriteAllText(path, Sealed.Text(Samples.Value[name]));
        File.Exists(path).ShouldBeTrue($"{Path.GetFileName(path)} is missing: run with COMPLAINTS_APPROVE_GOLDEN=1 and look at what it writes");
        var golden = File.ReadAllBytes(path);

        var read = EventCodec.Read(golden);
        read.Type.ShouldBe(name);
        read.Schema.ShouldBe(version);
        read.Event.ShouldNotBeNull();
        if (version == ComplaintRooms.Current.Catalogue.Of(read.Event).Version)
            Sealed.Text(EventCodec.Write(TenantId.Default, read)).ShouldBe(System.Text.Encoding.UTF8.GetString(golden));
    }

    /// <summary>What older programs wrote in the clear is still told to people; it is never written again.</summary>
    [Theory]
    [InlineData("handed-over", "reason", "Reason", "Remark")]
    [InlineData("reopened", "reason", "Reason", "Remark")]
    [InlineData("withdrawn", "reason", "Reason", "Remark")]
    [InlineData("investigation-started", "plan", null, "Plan")]
    public void A_text_that_stood_in_the_clear_is_read_as_words(string name, string member, string? code, string words)
    {
        var golden = File.ReadAllBytes(Path.Combine(Folder(), $"{name}.v1.json"));
        var was = System.Text.Json.Nodes.JsonNode.Parse(golden)!["data"]![member];
        was.ShouldNotBeNull();
        var read = EventCodec.Read(golden).Event!;

        var told = (Personal<string>)read.GetType().GetProperty(words)!.GetValue(read)!;
        if (was is System.Text.Json.Nodes.JsonValue)
        {
            told.TryReveal(null, out var text).ShouldBeTrue();
            text.ShouldBe(was.GetValue<string>());
        }
        else
        {
            told.Envelope.ShouldNotBeNull("it was sealed then, too");
        }
        if (code is not null)
            read.GetType().GetProperty(code)!.GetValue(read).ShouldBe(Core.Definitions.ReasonBook.Other);
    }

    [Fact]
    public void Every_class_of_event_is_in_the_catalogue()
    {
        var classes = typeof(ComplaintEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ComplaintEvent)) && !type.IsAbstract);
        ComplaintRooms.Current.Catalogue.Events.Select(type => type.Json.Type).ShouldBe(classes, ignoreOrder: true);
    }

    [Fact]
    public void No_clear_personal_value_is_ever_written()
    {
        foreach (var (name, body) in Samples.Value)
        {
            foreach (var word in new[] { "王小明", "13800138000", "冰箱", "Called the warehouse", "Told the", "抽屉", "Used outdoors", "Found it",
                "Bea", "7946", "half past nine", "call back", "南京西路", "warehouse's log" })
                Sealed.Text(body).ShouldNotContain(word, Case.Sensitive, name);
        }
    }

    private static readonly Lazy<Dictionary<string, ReadOnlyMemory<byte>>> Samples = new(() =>
    {
        var samples = new Dictionary<string, ReadOnlyMemory<byte>>();
        foreach (var situation in Situations())
        {
            foreach (var stored in Sealed.Commits(situation).SelectMany(commit => commit.Events))
            {
                var type = EventCodec.Read(stored.Body.Span).Type;
                if (!samples.TryGetValue(type, out var longest) || longest.Length < stored.Body.Length)
                    samples[type] = stored.Body;
            }
        }
        return samples;
    });

    private static Situation Talkative()
    {
        const string Objective = """{"objective":"next-response","limit":"2 hours"}""";
        var situation = new Situation { Rules = Sla.Policies.Of(("talk", Sla.Policies.Json(Objective))) };
        situation.Do(new Core.Intake.Register(Situation.Draft));
        for (var i = 0; i < 66; i++)
        {
            var direction = i % 2 == 0 ? Core.Intake.Direction.Inbound : Core.Intake.Direction.Outbound;
            situation.Do(new Core.Intake.RecordInteraction(direction, "chat"));
        }
        return situation;
    }

    /// <summary>Every trigger in every state that permits it.</summary>
    internal static IEnumerable<Situation> Situations()
    {
        foreach (var state in Enum.GetValues<ComplaintState>())
        {
            yield return Situation.In(state);
            foreach (var trigger in LifecycleMachine.Permitted(state))
            {
                var situation = Situation.In(state);
                foreach (var actor in new[] { Situation.Agent, Situation.Supervisor, Situation.Administrator })
                {
                    if (situation.Try(Situation.Command(trigger), actor).Refusal is not null)
                        continue;
                    yield return situation.Do(Situation.Command(trigger), actor);
                    break;
                }
            }
        }
        yield return Situation.Registered(Situation.Draft with { Kind = "inquiry" }).Do(new Core.Intake.ConvertToComplaint());
        yield return Situation.In(ComplaintState.Closed).Do(new Core.FollowUp.WaiveFollowUp("other", "Not wanted.")).Do(
            new Core.FollowUp.Archive("A-1"), Situation.Supervisor);
        var import = (Core.Intake.ImportComplaint)Situation.Command(new CommandName("import"));
        yield return new Situation().Do(import with { Steps = [new("Open", ComplaintState.Registered, Situation.Morning)] }, Situation.Administrator).Do(new Core.Intake.Adopt(), Situation.Administrator);
        var late = Situation.Registered();
        late.Now = Situation.Morning + Duration.FromHours(7);
        late.Do(new FireClocks(), Actor.System);
        late.Now = Situation.Morning + Duration.FromDays(9);
        late.Do(new FireClocks(), Actor.System);
        var call = new Core.Intake.RecordInteraction(Core.Intake.Direction.Outbound, "phone");
        late.Decisions.Add(Complaint.Decide(late.Complaint, call, late.Context() with { OccurredAt = Situation.Morning + Duration.FromHours(1), BackdateReason = "Written down late." }));
        yield return late;
        foreach (var situation in Sla.ClockSituations.All())
            yield return situation;
        yield return Situation.Registered().Do(new Core.Intake.AddParticipant("representative", "Bea Jones", "+44 20 7946 0018"))
            .Do(new Core.Intake.AddParticipant("expert", Staff: "eva"))
            .Do(new Core.Intake.RecordInteraction(Core.Intake.Direction.Inbound, "phone", Summary: "Told the whole story.",
                Participant: 1))
            .Do(new Core.Intake.AmendParticipant(1, "received", "Told the notary.", new LocalDate(2027, 9, 1)))
            .Do(new Core.Resolution.Propose(["exchange"])).Do(new Core.Resolution.Present(1, 1))
            .Do(new Core.Resolution.RejectProposal(1, "too-little", "Told the truth.", 1))
            .Do(new Core.Resolution.Propose(["exchange"])).Do(new Core.Resolution.Present(2, 1))
            .Do(new Core.Resolution.AcceptProposal(2, "phone", "Told the notary.", 1)).Do(new Core.Resolution.CompleteRemedy())
            .Do(new Core.Resolution.NotifyResult("phone", "Told the whole result.", 1));
        foreach (var situation in Spoken())
            yield return situation;
        yield return Situation.Registered().Do(new Core.Intake.RaisePoint("冰箱还少了一个抽屉。", "delivery", "damaged"))
            .Do(new Core.Intake.RaisePoint("Called the warehouse, rude.")).Do(new Core.Intake.DropPoint(3, "duplicate", 2))
            .Do(new Core.Investigation.DecideValidity(
                "established", "sufficient", "reasonable", "other", 2, "logistics", "Told the truth."));
        foreach (var situation in Assignment.TaskCases.All())
            yield return situation;
        foreach (var situation in Investigation.Inquiries.All())
            yield return situation;
        yield return Situation.Registered().Do(new Core.Contact.RecordCheck("identity", ["name", "reachable"], Remark: "Told the name."))
            .Do(new Core.Contact.AddEvidence("photo", "冰箱.jpg", new string('a', 64), 48_211, "image/jpeg"))
            .Do(new Core.Intake.RecordInteraction(Core.Intake.Direction.Inbound, "phone", Summary: "Told the whole story, and more.",
                Kind: "transfer", Live: true, Emotion: Core.Contact.Emotion.Angry, To: "ben", Brief: "Told that 冰箱 leaks."));
        yield return Situation.Registered().Do(new Core.Contact.RaiseSignal("demands-executive", "Told the director's name."))
            .Do(new Core.Contact.RaiseSignal("media", "Called the warehouse of a newspaper."))
            .Do(new Core.Contact.SettleSignal("demands-executive", "Told the director."));
        yield return Situation.Registered(Situation.Draft with
        {
            Category = "product", Subcategory = "safety", Goals = ["respect"], IncidentFrom = Situation.Morning - Duration.FromDays(2),
            IncidentTo = Situation.Morning - Duration.FromDays(1),
            Item = new Core.Intake.Item("product", "冰箱-1") { PurchasedOn = new(2026, 3, 1) },
            Answers = [new("smell", "no"), new("injured", "yes"), new("injury", "Told the nurse.")],
        }).Do(new Core.Intake.AmendIntake
        {
            Name = "Bea Jones", Phone = "13800138000", ItemSerial = "冰箱-77",
            PurchasedOn = new(2026, 3, 2), Goals = ["repair"], Area = "north",
            Tier = "gold", Language = "en", IncidentFrom = Situation.Morning - Duration.FromDays(3), IncidentTo = Situation.Morning,
            IncidentPlace = "Called the warehouse",
        });
        var photo = new Core.Contact.AddEvidence("photo", "冰箱.jpg", new string('a', 64), 48_211, "image/jpeg");
        yield return Situation.Registered().Do(photo).Do(photo with { ReplacesLost = true });
        yield return Situation.Registered().Do(new Core.Intake.RaisePoint("Told the doorman."))
            .Do(new Core.Intake.PartPoint(2), Actor.System).Do(new Core.Intake.PartPoint(2, IsOver: true), Actor.System);
        yield return new Situation
        {
            Rules = Core.Definitions.Rulebook.From([new(TenantId.Default, "gates", "default", 2,
                """{"rows":[{"before":"start-investigation","needs":["check:understanding/matter"]}]}""", default, "test")]),
        }.Do(new Core.Intake.Register(Situation.Draft)).Do(new Core.Resolution.RequestWaiver("start-investigation", "Told the nurse."))
            .Do(new Core.Resolution.RejectApproval(1, "other", "Told the director."), Situation.Supervisor);
        yield return Situation.Registered().Do(new Escalate(2, Role.Quality, null, "other", "Told the board, and more.",
            EscalationKind.QualityReview, ["quality", "research"]));
        yield return Issues.Case.Under("""
            {"objective":"resolution","limit":"2 hours","escalations":[{"at":"due","kind":"supervise","level":1,"to":"role:supervisor"}]}
            """).At(3).Do(new FireClocks(), Actor.System);
        yield return Issues.Case.Under("""{"objective":"resolution","limit":"2 hours"}""")
            .Do(new Core.Assignment.HandOver("ben", "after-sales", "expertise")).At(3).Do(new FireClocks(), Actor.System)
            .Do(new AttributeLateness("resolution/1", Remark: "Told the whole team."), Situation.Supervisor);
        yield return Assignment.TaskCases.In(Core.Assignment.DepartmentTaskStatus.Signed)
            .Do(new Core.Assignment.Urge(new Subject("task", "1"), "Told that the customer called twice."), Assignment.TaskCases.Mei);
        yield return Talkative();
        yield return new Situation { Split = new(Situation.IdOf(9), "2026-000009", 2) }.Do(new Core.Intake.Register(Situation.Draft))
            .Do(new Core.Intake.SettleSplit(Situation.IdOf(9)), Actor.System);
        var parted = Situation.Registered().Do(new Core.Intake.RaisePoint("Told the doorman."));
        var other = parted.Complaint! with { Id = Situation.IdOf(9), Number = "2026-000009" };
        yield return parted.Do(new Core.Intake.DropPoint(2, "split-off", Into: other.Id), referred: other);
        var improvement = new ImprovementId(Guid.Parse("01970000-0000-7000-8000-0000000000aa"));
        yield return Situation.Registered().Do(new Core.Investigation.FollowImprovement(improvement, "I-2026-0001", 1, Stands: true),
            Actor.System)
            .Do(new Core.Investigation.FollowImprovement(improvement, "I-2026-0001", 2, Stands: false), Actor.System);
        var linked = Situation.Registered();
        var earlier = linked.Complaint! with { Id = Situation.IdOf(9) };
        var repeated = Complaint.Decide(
            linked.Complaint, new Core.Intake.Link(earlier.Id, "repeat"), linked.Context() with { Referred = earlier });
        linked.Decisions.Add(repeated);
        var tied = Complaint.Decide(
            repeated.Complaint, new Core.Intake.Link(earlier.Id, "same-matter"), linked.Context() with { Referred = earlier });
        linked.Decisions.Add(tied);
        linked.Decisions.Add(Complaint.Decide(tied.Complaint, new Core.Intake.Unlink(earlier.Id, "same-matter"), linked.Context()));
        yield return linked;
    }

    /// <summary>What somebody says for the customer; and who was found liable in a case that is merged.</summary>
    private static IEnumerable<Situation> Spoken()
    {
        static Situation Guarded() => Situation.Registered().Do(new Core.Intake.AddParticipant("guardian", "Bea Jones"));
        yield return Guarded().Do(new AgreeDeadline(Situation.Morning + Duration.FromDays(9), 1))
            .Do(new Core.Intake.RaisePoint("Told the doorman.")).Do(new Core.Intake.DropPoint(2, "withdrawn", Participant: 1))
            .Do(new Withdraw("other", "Told the notary.", 1));
        yield return Guarded().Do(new Core.Resolution.Propose(["exchange"]))
            .Do(new Core.Resolution.RequestApproval(1, ConsentGiven: true, Participant: 1));
        yield return Guarded().Do(new Core.Resolution.Resolve("solved", "Told the whole result.", ConfirmedInCall: true, Participant: 1))
            .Do(new Core.FollowUp.RecordVisit("phone", Satisfied: true, Comment: "Told the nurse.", Participant: 1));
        yield return Guarded().Do(new Core.Resolution.Resolve("solved")).Do(new Core.Resolution.ConfirmSolved("call", 1));
        var survivor = Situation.Registered();
        var merged = Investigation.Inquiries.LeeIsLiable().Do(new Merge(Situation.IdOf(9), "other", "Found it."),
            referred: survivor.Complaint! with { Id = Situation.IdOf(9) });
        yield return survivor.Do(
            new AbsorbMerged(merged.Complaint!.Id), Actor.System, merged.Complaint with { Number = "2026-000009" });
    }

    internal static string PathOf(string name) => Path.Combine(Folder(), name);

    private static string Folder([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "..", "Golden");
}
