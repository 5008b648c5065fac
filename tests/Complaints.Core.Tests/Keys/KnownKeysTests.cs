using Complaints.Core.Storage;
using Complaints.Testing;

namespace Complaints.Core.Tests.Keys;

/// <summary>What a node knows of a person's key, and when it does not count.</summary>
public sealed class KnownKeysTests
{
    private readonly InMemoryComplaintStore _store = new();

    [Fact]
    public async Task R38_A_key_that_was_known_counts_only_while_the_store_has_that_very_key()
    {
        var keys = new PersonKeys(_store, new FileKeyProtector(new byte[32]), new FakeClock());
        var person = new SubjectId(Guid.NewGuid());
        var (_, never) = await keys.NewAsync(TenantId.Default, person, default);
        var (kept, wrapped) = await keys.NewAsync(TenantId.Default, person, default);
        var before = await keys.UnwrapAsync(TenantId.Default, never, default);

        // The first was rolled back; the second is what was written.
        var now = await keys.UnwrapAsync(TenantId.Default, wrapped, default);
        now.Bytes.ToArray().ShouldBe(kept.Bytes.ToArray());
        now.Bytes.ToArray().ShouldNotBe(before.Bytes.ToArray());
        (await keys.UnwrapAsync(TenantId.Default, wrapped, default)).ShouldBeSameAs(now, "it is known from now on");
    }
}
