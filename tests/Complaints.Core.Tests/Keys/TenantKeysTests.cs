using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Complaints.Core.History;
using Complaints.Core.Storage;
using Complaints.Core.Tests.History;
using Complaints.Testing;

namespace Complaints.Core.Tests.Keys;

/// <summary>One key for each purpose, derived from the tenant's own.</summary>
public sealed class TenantKeysTests
{
    private static readonly SubjectKey Tenant = new(SubjectId.Tenant, Sealed.SHA256Of("tenant"));
    private static readonly TenantKeys Keys = new(Tenant);

    [Fact]
    public void The_keys_are_those_of_HKDF_with_SHA256_and_a_fixed_text_for_each_purpose()
    {
        Keys.Lookups.Hash("13800138000").ShouldBe(Expected("look-ups"));
        Keys.Repeats.Hash("13800138000").ShouldBe(Expected("repeats"));
        Keys.Commands.Hash("13800138000"u8).ShouldBe(Expected("commands"));
        HMACSHA256.HashData(Derived("checkpoints"), "13800138000"u8).ShouldBe(Keys.Checkpoints.Authenticate("13800138000"u8));
        new[] { "look-ups", "repeats", "commands", "checkpoints" }.Select(Expected).Distinct().Count().ShouldBe(4);

        // Extract and expand, written out.
        static byte[] Derived(string purpose) => HMACSHA256.HashData(
            HMACSHA256.HashData(new byte[32], Sealed.SHA256Of("tenant")),
            Encoding.UTF8.GetBytes($"complaints tenant key: {purpose}\u0001"));

        static string Expected(string purpose) =>
            System.Buffers.Text.Base64Url.EncodeToString(HMACSHA256.HashData(Derived(purpose), "13800138000"u8.ToArray()).AsSpan(0, 16));
    }

    [Fact]
    public void Nothing_is_derived_from_a_person_s_key() =>
        Should.Throw<ArgumentException>(() => new TenantKeys(SubjectKey.New(new SubjectId(Guid.Empty))));

    [Fact]
    public async Task They_are_derived_once_for_each_tenant()
    {
        var harness = new DeskHarness();
        var keys = await harness.Keys.TenantKeysAsync(TenantId.Default, default);
        (await harness.Keys.TenantKeysAsync(TenantId.Default, default)).ShouldBeSameAs(keys);
        harness.Clock.Advance(NodaTime.Duration.FromDays(1));
        (await harness.Keys.TenantKeysAsync(TenantId.Default, default)).ShouldBeSameAs(keys);
        (await harness.Keys.TenantKeysAsync(new("other"), default)).Lookups.Hash("x").ShouldNotBe(keys.Lookups.Hash("x"));
    }

    [Fact]
    public async Task A_checkpoint_from_before_there_were_derived_keys_is_authentic_and_the_next_continues_it()
    {
        var harness = new DeskHarness();
        await harness.FileAsync();
        var keys = await harness.Keys.TenantKeysAsync(TenantId.Default, default);
        var tenant = (await harness.Keys.FindAsync(TenantId.Default, SubjectId.Tenant, default))!;
        var chains = harness.Ports.Chains;
        await Checkpoints.TakeAsync(new AsBefore(chains, tenant), TenantId.Default, keys.Checkpoints, harness.Clock.GetCurrentInstant(),
            default);
        (await IntactAsync(keys)).ShouldBe((true, 1));
        await harness.FileAsync();
        await Checkpoints.TakeAsync(chains, TenantId.Default, keys.Checkpoints, harness.Clock.GetCurrentInstant(), default);

        (await IntactAsync(keys)).ShouldBe((true, 2));
        (await IntactAsync(Keys)).ShouldBe((false, 1), "another tenant's key: the control");

        async Task<(bool, int)> IntactAsync(TenantKeys with)
        {
            var report = await ChainVerifier.VerifyAsync(chains, TenantId.Default, with, default);
            return (report.IsIntact, report.Checkpoints);
        }
    }

    /// <summary>Authenticates checkpoints as they were: with the tenant's key itself.</summary>
    private sealed class AsBefore(IChainStore chains, SubjectKey tenant) : IChainStore
    {
        public ValueTask<ImmutableArray<TenantId>> TenantsAsync(CancellationToken cancellationToken) =>
            chains.TenantsAsync(cancellationToken);

        public IAsyncEnumerable<ChainHead> HeadsAsync(TenantId of, CancellationToken cancellationToken) =>
            chains.HeadsAsync(of, cancellationToken);

        public IAsyncEnumerable<(Guid Of, StoredEvent Event)> EventsAsync(TenantId of, CancellationToken cancellationToken) =>
            chains.EventsAsync(of, cancellationToken);

        public ValueTask<StoredChain> ChainAsync(TenantId of, Guid complaint, CancellationToken cancellationToken) =>
            chains.ChainAsync(of, complaint, cancellationToken);

        public ValueTask SaveCheckpointAsync(TenantId of, CheckpointPart part, CancellationToken cancellationToken)
        {
            var data = Checkpoints.Authenticated(of, null, part.Sequence, part.TakenAt, part.Body);
            return chains.SaveCheckpointAsync(of, part with { Mac = HMACSHA256.HashData(tenant.Bytes.Span, data) }, cancellationToken);
        }

        public IAsyncEnumerable<CheckpointPart> CheckpointsAsync(TenantId of, CancellationToken cancellationToken) =>
            chains.CheckpointsAsync(of, cancellationToken);
    }
}
