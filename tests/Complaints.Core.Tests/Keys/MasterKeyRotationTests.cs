using System.Collections.Immutable;
using Complaints.Core.Definitions;
using Complaints.Core.Storage;
using Complaints.Core.Tests.History;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Keys;

/// <summary>A new master key for a database that is in use.</summary>
public sealed class MasterKeyRotationTests : IDisposable
{
    private readonly KeyFolder _folder = new();
    private readonly FakeClock _clock = new();
    private readonly InMemoryComplaintStore _store;
    private int _filed;

    public MasterKeyRotationTests() => _store = new(clock: _clock);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_rotation_wraps_everything_anew_and_whoever_works_goes_on_without_a_restart()
    {
        var (one, other) = (new Node(this), new Node(this));
        var before = await one.FileAsync(20);
        var north = await one.FileAsync(3, new("north"));
        await other.ReadsAsync(before);
        var first = (await Rotation().CountAsync()).Masters.ShouldHaveSingleItem();
        first.ShouldBe(new MasterKeyUse(first.Id, null, true, true, 25));

        var result = await Rotation().RotateAsync();
        (result.Added, result.Rewrapped, result.Failed).ShouldBe((true, 25, 0));
        var census = await Rotation().CountAsync();
        census.Masters.Select(master => (master.Id, master.Wraps, master.Keys))
            .ShouldBe([(first.Id, false, 0L), (result.Master, true, 25L)]);
        census.Masters[1].AddedAt.ShouldBe(_clock.GetCurrentInstant());

        _clock.Advance(Duration.FromMinutes(1));
        var after = await one.FileAsync(2);
        await other.ReadsAsync([.. before, .. after]);
        await other.ReadsAsync(north, new("north"));
        await new Node(this).ReadsAsync([.. before, .. after]);
        (await Rotation().CountAsync()).Masters[1].Keys.ShouldBe(27, "what was written since is under the new key");
        _folder.Files.ShouldBe(["complaints.key", "complaints.key.lock"], "nothing is left behind");
    }

    [Fact]
    public async Task A_database_from_before_there_were_ids_gets_a_new_key_and_bound_bytes_with_its_first_rotation()
    {
        var master = _folder.WriteAsBefore();
        var keys = Enumerable.Range(0, 700).Select(number => SubjectKey.New(new SubjectId(new Guid(number, 0, 0, new byte[8])))).ToList();
        foreach (var key in keys)
            await _store.AddAsync(TenantId.Default, new(key.Subject, KeyFolder.WrapAsBefore(master, key.Bytes.Span)), default);
        var census = await Rotation().CountAsync();
        (census.OlderFormat, census.IsRotating, census.Masters[0].Keys).ShouldBe((700, false, 700));

        var result = await Rotation().RotateAsync();
        (result.Added, result.Rewrapped, result.Failed).ShouldBe((true, 700, 0));
        (await Rotation().CountAsync()).OlderFormat.ShouldBe(0);
        var protector = new FileKeyProtector(_folder.Key);
        foreach (var stored in await _store.ListKeysAsync(null, 1_000, default))
            (await protector.UnwrapAsync(stored.Owner, stored.Wrapped, default))
                .ShouldBe(keys.Single(key => key.Subject == stored.Owner.Subject).Bytes.ToArray());
    }

    [Fact]
    public async Task Older_keys_are_retired_once_nothing_is_under_them_and_an_hour_is_over()
    {
        var node = new Node(this);
        var filed = await node.FileAsync(3);
        (await Rotation().RetireAsync()).Retired.ShouldBeEmpty("there is none to take out");
        var first = (await Rotation().CountAsync()).Masters[0].Id;
        await Rotation().RotateAsync();

        (await Rotation().RetireAsync()).Refusal!.Code.ShouldBe("keys.retire_too_soon");
        _clock.Advance(MasterKeyRotation.Grace);
        var straggler = new MasterKey(Convert.FromBase64String(Ring().Find(first)!.Base64))
            .Wrap(new(TenantId.Default, Late), Sealed.SHA256Of("late"));
        await _store.AddAsync(TenantId.Default, new(Late, straggler), default);
        var used = (await Rotation().RetireAsync()).Refusal!;
        (used.Code, used.Data["value"], used.Data["known"]).ShouldBe(("keys.still_used", "1", first));

        var completed = await Rotation().RotateAsync();
        (completed.Added, completed.Rewrapped).ShouldBe((false, 1));
        (await Rotation().RetireAsync()).Retired.ShouldBe([first]);
        Ring().Keys.Length.ShouldBe(1);
        await node.ReadsAsync(filed);
        await node.FileAsync(1);
        await new Node(this).ReadsAsync(filed);
    }

    [Fact]
    public async Task With_every_program_stopped_older_keys_are_retired_at_once()
    {
        await new Node(this).FileAsync(1);
        await Rotation().RotateAsync();
        (await Rotation().RetireAsync(atOnce: true)).Retired.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_file_of_another_database_or_of_an_older_state_is_refused_and_nothing_is_changed()
    {
        await new Node(this).FileAsync(2);
        var older = File.ReadAllText(_folder.Key);
        await Rotation().RotateAsync();
        await Rotation().RetireAsync(atOnce: true);
        var right = File.ReadAllText(_folder.Key);
        var kept = await _store.ListKeysAsync(null, 100, default);

        foreach (var wrong in new[] { older, MasterKeyRing.Of(MasterKey.New()).With(MasterKey.New(Instant.MinValue)).Text })
        {
            _folder.Hold(wrong);
            (await Should.ThrowAsync<MasterKeyException>(() => Rotation().RotateAsync())).Error.Code.ShouldBe("keys.master_unknown");
            if (wrong != older)
            {
                (await Should.ThrowAsync<MasterKeyException>(() => Rotation().RetireAsync(atOnce: true)))
                    .Error.Code.ShouldBe("keys.master_unknown");
            }
            (await Should.ThrowAsync<MasterKeyException>(() => new Node(this).FileAsync(1))).Error.Code.ShouldBe("keys.master_unknown");
            var census = await Rotation().CountAsync();
            census.Masters[^1].ShouldBe(new MasterKeyUse(census.Masters[^1].Id, null, false, false, 3));
            census.Strangers.Length.ShouldBe(3);
            File.ReadAllText(_folder.Key).ShouldBe(wrong);
        }
        (await _store.ListKeysAsync(null, 100, default)).Select(key => Convert.ToHexString(key.Wrapped.Span))
            .ShouldBe(kept.Select(key => Convert.ToHexString(key.Wrapped.Span)));
        _folder.Hold(right);
        await new Node(this).FileAsync(1);
    }

    [Fact]
    public async Task Without_a_key_of_the_database_under_the_newest_nothing_is_retired()
    {
        _folder.Hold(MasterKeyRing.Of(MasterKey.New()).With(MasterKey.New(Instant.MinValue)).Text);
        (await Rotation().RetireAsync()).Refusal!.Code.ShouldBe("keys.unproved");
        _folder.Hold(MasterKeyRing.Of(MasterKey.New()).Text);
        foreach (var _ in Enumerable.Range(0, 63))
            (await Rotation().RotateAsync()).Added.ShouldBeTrue();
        (await Should.ThrowAsync<MasterKeyException>(() => Rotation().RotateAsync())).Error.Code.ShouldBe("keys.file_full");
    }

    [Fact]
    public async Task R39_a_key_that_was_moved_to_another_row_is_named_and_keeps_no_other_from_being_wrapped_anew()
    {
        var filed = await new Node(this).FileAsync(3);
        var keys = await _store.ListKeysAsync(null, 100, default);
        var (from, to) = (keys[1], keys[2]);
        await _store.ReplaceKeysAsync(TenantId.Default, [new(to.Owner.Subject, to.Wrapped, from.Wrapped)], default);
        var moved = new ComplaintError("keys.wrapped_elsewhere", ("owner", to.Owner));

        var result = await Rotation().RotateAsync();
        (result.Added, result.Rewrapped, result.Failed).ShouldBe((true, 3, 1));
        result.Failures.ShouldBe([moved]);
        (await Rotation().CountAsync()).Strangers.ShouldBe([moved]);
        (await Should.ThrowAsync<MasterKeyException>(() => Rotation().RetireAsync(atOnce: true))).Error.ShouldBe(moved);
        (await Rotation().RotateAsync()).Added.ShouldBeTrue("what is damaged does not hold rotations up");
    }

    [Fact]
    public async Task R27_a_person_who_is_erased_while_keys_are_wrapped_anew_never_comes_back()
    {
        var node = new Node(this);
        await node.FileAsync(600);
        var persons = (await _store.ListKeysAsync(null, 1_000, default)).Select(key => key.Owner.Subject)
            .Where(subject => subject != SubjectId.Tenant).ToList();
        var erased = persons.Where((_, index) => index % 7 == 0).ToList();
        // Erased between the page and its writing, which is where it would come back.
        var racing = new Hooked(_store)
        {
            BeforeReplacing = async subjects =>
            {
                foreach (var person in subjects.Intersect(erased))
                    await node.Keys.DestroyAsync(TenantId.Default, person, default);
            },
        };

        var result = await new MasterKeyRotation(racing, new FileKeyProtector(_folder.Key), _clock).RotateAsync();
        (result.Rewrapped, result.Failed).ShouldBe((601 - erased.Count, 0));
        var left = (await _store.ListKeysAsync(null, 1_000, default)).Select(key => key.Owner.Subject).ToList();
        left.Intersect(erased).ShouldBeEmpty();
        left.Count.ShouldBe(601 - erased.Count);
        (await new Node(this).Keys.FindAllAsync(TenantId.Default, erased, default)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("write")]
    [InlineData("rename")]
    [InlineData("flush")]
    [InlineData("1st page")]
    [InlineData("2nd page")]
    [InlineData("3rd page")]
    public async Task R38_a_rotation_that_is_killed_at_any_step_leaves_everything_readable_and_the_next_run_completes_it(string step)
    {
        var filed = await new Node(this).FileAsync(1_200);
        var before = File.ReadAllText(_folder.Key);
        var (protector, pages) = (new FileKeyProtector(_folder.Key), 0);
        protector.File!.Before = at => Die(at == step);
        var dying = new Hooked(_store)
        {
            BeforeReplacing = _ =>
            {
                Die($"{++pages}{(pages == 1 ? "st" : pages == 2 ? "nd" : "rd")} page" == step);
                return Task.CompletedTask;
            },
        };
        await Should.ThrowAsync<KilledException>(() => new MasterKeyRotation(dying, protector, _clock).RotateAsync());

        var wasAdded = step is not ("write" or "rename");
        Ring().Keys.Length.ShouldBe(wasAdded ? 2 : 1);
        if (!wasAdded)
            File.ReadAllText(_folder.Key).ShouldBe(before);
        await new Node(this).ReadsAsync(filed);
        await new Node(this).FileAsync(1);
        var result = await Rotation().RotateAsync();
        (result.Added, result.Failed).ShouldBe((!wasAdded, 0));
        var census = await Rotation().CountAsync();
        census.Masters.Select(master => master.Keys).ShouldBe([0, 1_202]);
        await new Node(this).ReadsAsync(filed);
        _folder.Files.ShouldBe(["complaints.key", "complaints.key.lock"]);

        static void Die(bool now)
        {
            if (now)
                throw new KilledException();
        }
    }

    [Fact]
    public async Task Of_rotations_at_once_one_adds_a_key_and_all_wrap()
    {
        await new Node(this).FileAsync(300);
        // Nobody ends before all have begun, so that none comes after another.
        using var begun = new CountdownEvent(4);
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var waits = true;
            var store = new Hooked(_store)
            {
                BeforeReplacing = _ =>
                {
                    if (waits && !begun.Signal())
                        begun.Wait(TimeSpan.FromSeconds(30));
                    waits = false;
                    return Task.CompletedTask;
                },
            };
            return await new MasterKeyRotation(store, new FileKeyProtector(_folder.Key), _clock).RotateAsync();
        })));

        results.Count(result => result.Added).ShouldBe(1);
        results.Select(result => result.Master).Distinct().ShouldHaveSingleItem();
        results.Sum(result => result.Rewrapped).ShouldBe(301);
        (await Rotation().CountAsync()).Masters.Select(master => master.Keys).ShouldBe([0, 301]);
    }

    [Fact]
    public async Task A_rotation_that_waited_for_another_adds_no_second_key()
    {
        await new Node(this).FileAsync(3);
        Task<RotationResult> one, other;
        using (await new MasterKeyFile(_folder.Key).LockAsync(default))
            (one, other) = (Rotation().RotateAsync(), Rotation().RotateAsync());

        new[] { (await one).Added, (await other).Added }.Count(added => added).ShouldBe(1);
        Ring().Keys.Length.ShouldBe(2);
        (await Rotation().RotateAsync()).Added.ShouldBeTrue("the control: this one came later");
    }

    [Fact]
    public async Task A_key_in_memory_cannot_be_rotated()
    {
        var rotation = new MasterKeyRotation(_store, new FileKeyProtector(new byte[32]), _clock);
        await Should.ThrowAsync<InvalidOperationException>(() => rotation.RotateAsync());
        (await rotation.CountAsync()).Masters.ShouldHaveSingleItem();
    }

    private static SubjectId Late { get; } = new(new Guid(9, 9, 9, new byte[8]));

    private MasterKeyRotation Rotation() => new(_store, new FileKeyProtector(_folder.Key), _clock);

    private MasterKeyRing Ring() => new MasterKeyFile(_folder.Key).Read().Ring;

    private sealed class KilledException : Exception;

    /// <summary>A host with the key file, and what it has cached.</summary>
    private sealed class Node
    {
        private readonly MasterKeyRotationTests _test;
        private readonly ComplaintDesk _desk;

        public Node(MasterKeyRotationTests test)
        {
            _test = test;
            Keys = new PersonKeys(test._store, new FileKeyProtector(test._folder.Key) { LookEvery = TimeSpan.Zero }, test._clock);
            var definitions = new DefinitionLibrary(test._store, test._clock, []);
            _desk = new ComplaintDesk(new DeskServices(test._store, test._store, Keys, definitions, test._clock, new UuidV7Generator()))
                .For(DeskHarness.Agent);
        }

        public PersonKeys Keys { get; }

        public async Task<ImmutableArray<ComplaintId>> FileAsync(int count, TenantId? tenant = null)
        {
            var filed = ImmutableArray.CreateBuilder<ComplaintId>();
            for (var i = 0; i < count; i++)
                filed.Add((await _desk.For(DeskHarness.Agent, tenant).RegisterAsync(Drafts.English(_test._filed++))).Value.Complaint);
            return filed.ToImmutable();
        }

        public async Task ReadsAsync(ImmutableArray<ComplaintId> filed, TenantId? tenant = null)
        {
            foreach (var id in filed)
            {
                var desk = _desk.For(DeskHarness.Agent, tenant);
                var view = (await desk.ViewAsync(id))!;
                (await desk.RevealAsync(view, Purpose.CaseWork)).Of(view.Complaint.Receipt.Title).ShouldNotBeNull();
            }
        }
    }

    /// <summary>A good store, and somebody who comes in between.</summary>
    private sealed class Hooked(ISubjectKeyStore good) : ISubjectKeyStore
    {
        public required Func<IEnumerable<SubjectId>, Task> BeforeReplacing { get; init; }

        public ValueTask<ImmutableArray<WrappedKey>> GetAsync(
            TenantId tenant, IReadOnlyCollection<SubjectId> subjects, CancellationToken cancellationToken) =>
            good.GetAsync(tenant, subjects, cancellationToken);

        public ValueTask<WrappedKey> AddAsync(TenantId tenant, WrappedKey key, CancellationToken cancellationToken) =>
            good.AddAsync(tenant, key, cancellationToken);

        public ValueTask<bool> DestroyAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken) =>
            good.DestroyAsync(tenant, subject, cancellationToken);

        public ValueTask<ImmutableArray<StoredKey>> ListKeysAsync(KeyOwner? after, int max, CancellationToken cancellationToken) =>
            good.ListKeysAsync(after, max, cancellationToken);

        public async ValueTask<int> ReplaceKeysAsync(
            TenantId tenant, IReadOnlyList<KeyReplacement> replacements, CancellationToken cancellationToken)
        {
            await BeforeReplacing(replacements.Select(replacement => replacement.Subject));
            return await good.ReplaceKeysAsync(tenant, replacements, cancellationToken);
        }
    }
}
