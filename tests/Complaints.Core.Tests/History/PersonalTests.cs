using System.Security.Cryptography;
using Complaints.Core.History;
using Complaints.Core.Intake;

namespace Complaints.Core.Tests.History;

public sealed class PersonalTests
{
    private static readonly SubjectId Wang = new(new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
    private static readonly SealedPlace Place = new(TenantId.Default, "complaint", Guid.NewGuid(), "complainant");

    [Fact]
    public void A_sealed_value_is_read_with_its_key_and_with_no_other()
    {
        var key = SubjectKey.New(Wang);
        var value = Personal.Of(new Complainant("王小明", Contacts: [new("phone", "13800138000")]));
        ((IPersonal)value).Seal(key, Place);
        var stored = new Personal<Complainant>(value.Envelope!, IntakePersonalJson.Default.Complainant, Place);
        stored.TryReveal(key, out var clear).ShouldBeTrue();
        clear!.Name.ShouldBe("王小明");
        clear.Contacts.Single().Value.ShouldBe("13800138000");
        stored.TryReveal(null, out _).ShouldBeFalse("the key was destroyed");
        stored.TryReveal(SubjectKey.New(new SubjectId(Guid.Empty)), out _).ShouldBeFalse("the key is another person's");
        stored.TryReveal(SubjectKey.New(Wang), out _).ShouldBeFalse("the key is not the one that it was sealed under");
    }

    [Fact]
    public void A_changed_envelope_does_not_open()
    {
        var key = SubjectKey.New(Wang);
        var envelope = key.Seal("secret"u8, Place);
        var changed = envelope.Ciphertext.ToArray();
        changed[0] ^= 1;
        Should.Throw<AuthenticationTagMismatchException>(() => key.Open(envelope with { Ciphertext = changed }, Place));
        Should.Throw<ArgumentException>(() => key.Seal("secret"u8, default)).ParamName.ShouldBe("place");
    }

    [Fact]
    public void An_unsealed_value_cannot_be_written()
    {
        var situation = Situation.Registered();
        Should.Throw<InvalidOperationException>(() => StateCodec.Write(situation.Complaint!)).Message.ShouldContain("sealed");
    }

    [Fact]
    public void After_erasure_words_are_left_out_and_the_rest_goes_on()
    {
        var situation = Situation.Registered();
        Sealed.Commits(situation);
        var note = situation.Try(new AddNote("calls again"));
        var left = CommitBuilder.Build(note, null, default, new KeyRing(Sealed.Tenant), situation.Rules);
        System.Text.Encoding.UTF8.GetString(left.Events.Single().Body.Span).ShouldContain("\"n\":\"\",\"c\":\"\",\"t\":\"\"");
        (left.SealedUnder.IsEmpty, left.LeavesWordsOut).ShouldBe((true, true));
        var classified = situation.Try(new Core.Classification.Classify(Severity: "major"));
        CommitBuilder.Build(classified, null, default, new KeyRing(Sealed.Tenant), situation.Rules).Events.Length.ShouldBe(1);
    }
}
