using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Complaints.Core.Tests.History;

/// <summary>A sealed value opens where it was sealed for and nowhere else, and what does not open throws nothing.</summary>
public sealed class SealedPlaceTests
{
    private static readonly SubjectKey Key = new(
        new SubjectId(new Guid("01234567-89ab-7cde-8f01-23456789abcd")), [.. Enumerable.Range(0, 32).Select(value => (byte)value)]);

    private static readonly SealedPlace Here =
        new(TenantId.Default, "complaint", new Guid("11111111-2222-7333-8444-555555555555"), "note");

    private static readonly Envelope Value = Key.Seal("\"calls back\""u8, Here);

    /// <summary>Made by another program from the description of the format. They open for ever.</summary>
    [Theory]
    [InlineData("", "oR/NPnrUUEkl7BVJENlY2g==")]
    [InlineData("\"v\":2,", "kTfQOsbQdPhRax52+zJYeg==")]
    public void An_envelope_of_every_version_is_read_opened_and_written_as_it_was(string version, string tag)
    {
        const string Key = "01234567-89ab-7cde-8f01-23456789abcd";
        var json = $$"""{{{version}}"k":"{{Key}}","n":"ZGVmZ2hpamtsbW5v","c":"ani/ChWadvxfATTK","t":"{{tag}}"}""";
        Revealed(Read(json), Here).ShouldBe("calls back");
        Written(Read(json)).ShouldBe(json);
    }

    public static TheoryData<string, SealedPlace> Elsewhere() => new()
    {
        { "another field", Here with { Field = "remark" } },
        { "another complaint", Here with { Id = new Guid("11111111-2222-7333-8444-555555555556") } },
        { "another tenant", Here with { Tenant = new("other") } },
        { "another kind of aggregate", Here with { Aggregate = "improvement" } },
        { "nobody says where", default },
        { "the same letters, parted elsewhere", Here with { Tenant = new("defaultc"), Aggregate = "omplaint" } },
        { "a place longer than most", Here with { Tenant = new(new string('t', 1000)) } },
    };

    [Theory]
    [MemberData(nameof(Elsewhere))]
    public void A_value_that_was_moved_does_not_open(string where, SealedPlace place)
    {
        Revealed(Value, Here).ShouldBe("calls back");
        Revealed(Value, place).ShouldBeNull(where);
        if (place.IsKnown)
            Revealed(Key.Seal("\"there\""u8, place), place).ShouldBe("there", "the control: it is a place like any other");
        Revealed(BoundToThePersonOnly("\"calls back\""), place).ShouldBe("calls back", "the control: the place is what keeps it shut");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void A_value_with_another_version_written_in_does_not_open(int version) =>
        Revealed(Value with { Version = version }, Here).ShouldBeNull();

    [Fact]
    public void A_newer_programs_value_says_so_and_is_written_again_as_it_was()
    {
        var newer = Value with { Version = 3 };
        Should.Throw<CryptographicException>(() => Key.Open(newer, Here)).Message.ShouldContain("version 3");
        Read(Written(newer)).ShouldBe(newer);
        newer.ShouldNotBe(Value);
    }

    [Fact]
    public void Not_a_bit_of_it_may_be_another()
    {
        var tried = 0;
        foreach (var (part, change) in new (ReadOnlyMemory<byte>, Func<Envelope, byte[], Envelope>)[]
        {
            (Value.Nonce, static (envelope, bytes) => envelope with { Nonce = bytes }),
            (Value.Ciphertext, static (envelope, bytes) => envelope with { Ciphertext = bytes }),
            (Value.Tag, static (envelope, bytes) => envelope with { Tag = bytes }),
            (Value.Key.Value.ToByteArray(), static (envelope, bytes) => envelope with { Key = new SubjectId(new Guid(bytes)) }),
        })
        {
            for (var bit = 0; bit < part.Length * 8; bit++, tried++)
            {
                var bytes = part.ToArray();
                bytes[bit / 8] ^= (byte)(1 << bit % 8);
                Revealed(change(Value, bytes), Here).ShouldBeNull($"bit {bit} of {part.Length} bytes");
            }
            if (part.Length != 16 || part.Span.SequenceEqual(Value.Tag.Span))
                Revealed(change(Value, part[..^1].ToArray()), Here).ShouldBeNull("it was cut short");
        }
        tried.ShouldBe(8 * (12 + 12 + 16 + 16));
    }

    [Fact]
    public void A_first_value_that_was_moved_to_a_field_of_another_kind_reveals_nothing() =>
        new ClearWords([Key]).Of(new Personal<Core.Intake.Complainant>(
            BoundToThePersonOnly("\"calls back\""), Core.Intake.IntakePersonalJson.Default.Complainant, Here)).ShouldBeNull();

    [Theory]
    [InlineData("""{"v":"2","k":"01234567-89ab-7cde-8f01-23456789abcd","n":"","c":"","t":""}""")]
    [InlineData("""{"v":2.5,"k":"01234567-89ab-7cde-8f01-23456789abcd","n":"","c":"","t":""}""")]
    [InlineData("""{"v":2,"n":"","c":"","t":""}""")]
    public void What_is_no_envelope_is_said_to_be_none(string json) => Should.Throw<JsonException>(() => Read(json));

    private static string? Revealed(Envelope envelope, SealedPlace place) => new ClearWords([Key]).Of(Personal.Sealed(envelope, place));

    /// <summary>As programs sealed that knew no places.</summary>
    private static Envelope BoundToThePersonOnly(string json)
    {
        var (nonce, clear, tag) = (RandomNumberGenerator.GetBytes(12), Encoding.UTF8.GetBytes(json), new byte[16]);
        var ciphertext = new byte[clear.Length];
        using var aes = new AesGcm(Key.Bytes.Span, 16);
        aes.Encrypt(nonce, clear, ciphertext, tag, Key.Subject.Value.ToByteArray(bigEndian: true));
        return new Envelope(1, Key.Subject, nonce, ciphertext, tag);
    }

    private static Envelope Read(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        reader.Read();
        return Envelope.Read(ref reader);
    }

    private static string Written(Envelope envelope)
    {
        using var written = new MemoryStream();
        using (var writer = new Utf8JsonWriter(
            written, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            envelope.WriteTo(writer);
        return Encoding.UTF8.GetString(written.ToArray());
    }
}
