using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Complaints.Core.History;

namespace Complaints.Core.Tests.Evolution;

public sealed class FingerprintTests
{
    public static TheoryData<string, JsonTypeInfo> Changes { get; } = new()
    {
        { "a member more", FingerprintJson.Default.OneMore },
        { "a member renamed", FingerprintJson.Default.Renamed },
        { "a member of another type", FingerprintJson.Default.Retyped },
        { "a member of a member more", FingerprintJson.Default.DeeperMore },
        { "a code of an enum more", FingerprintJson.Default.CodeMore },
        { "another converted type", FingerprintJson.Default.OtherConverted },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Every_change_of_a_record_is_seen(string change, JsonTypeInfo changed) =>
        Fingerprint.Of(changed, 1).ShouldNotBe(Fingerprint.Of(FingerprintJson.Default.Plain, 1), change);

    [Fact]
    public void The_same_record_has_the_same_number_and_another_fold_has_not()
    {
        Fingerprint.Of(FingerprintJson.Default.Plain, 1).ShouldBe(Fingerprint.Of(new FingerprintJson(new()).Plain, 1));
        Fingerprint.Of(FingerprintJson.Default.Plain, 2).ShouldNotBe(Fingerprint.Of(FingerprintJson.Default.Plain, 1));
    }

    [Fact]
    public void The_schema_of_the_state_is_that_of_its_records() =>
        StateCodec.Schema.ShouldBe(Fingerprint.Of(StateJson.Default.Complaint, StateCodec.FoldNumber), "write this number there");

    [Fact]
    public void The_schema_of_an_improvements_state_is_that_of_its_records() =>
        StateCodec.Improvements.Schema.ShouldBe(Fingerprint.Of(StateJson.Default.Improvement, StateCodec.ImprovementFoldNumber),
            "write this number there");

    internal enum Code { One, Two }

    internal enum LongerCode { One, Two, Three }

    internal sealed record Inner(int Number);

    internal sealed record LongerInner(int Number, int Other);

    internal sealed record Plain(string Name, Code Code, Inner Inner, TenantId Tenant);

    internal sealed record OneMore(string Name, Code Code, Inner Inner, TenantId Tenant, int? More);

    internal sealed record Renamed(string Title, Code Code, Inner Inner, TenantId Tenant);

    internal sealed record Retyped(int Name, Code Code, Inner Inner, TenantId Tenant);

    internal sealed record DeeperMore(string Name, Code Code, LongerInner Inner, TenantId Tenant);

    internal sealed record CodeMore(string Name, LongerCode Code, Inner Inner, TenantId Tenant);

    internal sealed record OtherConverted(string Name, Code Code, Inner Inner, CommandName Tenant);
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(FingerprintTests.Plain))]
[JsonSerializable(typeof(FingerprintTests.OneMore))]
[JsonSerializable(typeof(FingerprintTests.Renamed))]
[JsonSerializable(typeof(FingerprintTests.Retyped))]
[JsonSerializable(typeof(FingerprintTests.DeeperMore))]
[JsonSerializable(typeof(FingerprintTests.CodeMore))]
[JsonSerializable(typeof(FingerprintTests.OtherConverted))]
internal sealed partial class FingerprintJson : JsonSerializerContext;
