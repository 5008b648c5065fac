using Complaints.Core;
using Complaints.Core.History;
using Complaints.Core.Improvements;
using Complaints.Core.Intake;
using Complaints.Core.Sla;
using Complaints.Core.Storage;
using Complaints.Storage.Tests.Laws;
using Complaints.Testing;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace Complaints.Storage.Tests.Sqlite;

/// <summary>Somebody damages one value of one row. Whatever it is, it is stepped over, and everything else can be worked on.</summary>
public sealed class DamagedRowTests : IAsyncLifetime
{
    private const int Complaints = 6;
    private readonly TemporaryDatabase _database = new();
    private readonly FakeClock _clock = new();
    private byte[] _whole = [];
    private List<ComplaintId> _ids = [];
    private ImprovementId _improvement;

    public async ValueTask InitializeAsync()
    {
        var harness = Harness();
        await harness.Definitions.PublishAsync(
            TenantId.Default, "repeats", "default", """{"windowDays":14}""", DeskHarness.Administrator, default);
        for (var i = 0; i < Complaints; i++)
            _ids.Add(await harness.FileAsync(Drafts.English(i) with { ExternalRef = new("legacy", $"s{i}") }));
        foreach (var id in _ids)
        {
            (await harness.Desk.ExecuteAsync(id, new AddParticipant("guardian", "Lee"))).IsSuccess.ShouldBeTrue();
            (await harness.Desk.ExecuteAsync(
                id, new MakeCommitment("Call back", _clock.GetCurrentInstant() + Duration.FromDays(1)))).IsSuccess.ShouldBeTrue();
        }
        var quality = harness.Desk.For(new Actor("qiu", Role.Quality)).Improvements;
        var issue = new OpenImprovement("systemic-issue", "Late parcels", Complaints: [_ids[0]]);
        _improvement = (await quality.OpenAsync(issue)).Value.Improvement;
        var intact = await VerifyAsync();
        intact.Findings.ShouldBeEmpty();
        await _database.CloseAsync();
        _whole = await File.ReadAllBytesAsync(_database.File);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task R35_One_damaged_value_in_any_column_keeps_nobody_from_the_rest()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var columns = RawTables.Columns(_database.File);
        var size = Environment.GetEnvironmentVariable("COMPLAINTS_FULL") == "1" ? 3_000 : 300;
        int named = 0, healed = 0;
        var failures = new List<string>();
        for (var i = 0; i < size; i++)
        {
            // Every column in its turn, so that none is left out by chance.
            var column = columns[i % columns.Count];
            await File.WriteAllBytesAsync(_database.File, _whole);
            var damage = Damage(column, random);
            if (damage is null)
                continue;
            try
            {
                var (isNamed, isHealed) = await WorkAsync(damage);
                named += isNamed ? 1 : 0;
                healed += isHealed ? 1 : 0;
            }
            catch (Exception e)
            {
                failures.Add($"{damage}: {e}");
                await _database.CloseAsync();
            }
        }
        Console.WriteLine($"R35: seed {seed}, {size} damaged values in {columns.Count} columns, "
            + $"{named} named at once, {healed} put right by the next command");
        failures.ShouldBeEmpty($"seed {seed}");
        named.ShouldBeGreaterThan(0);
        healed.ShouldBeGreaterThan(0);
    }

    /// <summary>Everything that people and background work do, on the damaged file.</summary>
    private async Task<(bool IsNamed, bool IsHealed)> WorkAsync(Damaged damage)
    {
        var harness = Harness();
        var desk = harness.Desk;
        var isTenantWide = damage.IsTenantKey;
        if (isTenantWide)
        {
            // Nothing could be found or proved without that one: it is said, and nothing takes its place.
            var wrong = await Should.ThrowAsync<Exception>(async () => await desk.RegisterAsync(Drafts.English(99)));
            (wrong is MasterKeyException or StoreException).ShouldBeTrue(wrong.ToString());
            return (true, false);
        }
        var seen = new HashSet<ComplaintId>();
        var pages = 0;
        ComplaintPosition? after = null;
        do
        {
            var page = await desk.ListAsync(new ComplaintQuery { Take = 2, After = after });
            await desk.RevealAsync(page, Purpose.Search);
            seen.UnionWith(page.Items.Select(item => item.Id));
            after = page.Next;
            (++pages).ShouldBeLessThan(20, "the pages never end");
        }
        while (after is not null);
        var others = _ids.Where(id => id != damage.Of).ToList();
        var mayMiss = damage.Table == "complaint" && damage.Of is null ? 1 : 0;
        others.Except(seen).Count().ShouldBeLessThanOrEqualTo(mayMiss, "others are listed");
        await foreach (var item in desk.ScanAsync())
            (item.Id == damage.Of || item.Unreadable.IsEmpty || item.Unreadable.Contains("id")).ShouldBeTrue();
        foreach (var id in _ids)
        {
            var isOther = id != damage.Of && damage.Of is not null;
            var view = await ViewAsync(desk, id);
            if (isOther)
                (await desk.RevealAsync(view.ShouldNotBeNull(), Purpose.CaseWork)).Of(view.Complaint.Receipt.Title).ShouldNotBeNull();
            var result = await desk.ExecuteAsync(id, new AddNote("still there"));
            if (isOther)
                result.Refusal.ShouldBeNull();
            else if (damage.Table == "definition")
                (result.Refusal?.Code ?? "definition.version_missing")
                    .ShouldBe("definition.version_missing", "those that are pinned to it are told");
        }
        _clock.Advance(Duration.FromDays(2));
        var sweep = await desk.SweepAsync();
        (damage.Table == "definition" ? sweep.Changed + sweep.RefusedCount : sweep.Changed).ShouldBeGreaterThan(0);
        var claim = new OutboxQuery("host", 100, Duration.FromSeconds(30), Now: _clock.GetCurrentInstant());
        await harness.Ports.Outbox.ClaimAsync(TenantId.Default, claim, default);
        await harness.Desk.Improvements.ListAsync(new ImprovementQuery());
        try
        {
            await harness.Desk.Improvements.ViewAsync(_improvement);
        }
        catch (UnreadableException)
        {
            damage.Table.ShouldBeOneOf("aggregate", "event");
        }
        (await desk.RegisterAsync(Drafts.English(200))).Refusal.ShouldBeNull();
        var report = await VerifyAsync();
        var isNamed = harness.Damage.Known.Length > 0;
        await _database.CloseAsync();
        return (isNamed, damage.Table == "complaint_state" && report.IsIntact);
    }

    private static async Task<ComplaintView?> ViewAsync(ComplaintDesk desk, ComplaintId id)
    {
        try
        {
            return await desk.ViewAsync(id);
        }
        catch (UnreadableException)
        {
            return null;
        }
    }

    private DeskHarness Harness() => new(StorePorts.Of(_database.Open()), _clock, new UuidV7Generator());

    private async Task<VerificationReport> VerifyAsync()
    {
        var harness = Harness();
        return await new HistoryAudit((IChainStore)harness.Ports.Store, harness.Keys, _clock).VerifyAsync(TenantId.Default);
    }

    /// <summary>Puts a value that the type allows and nobody ever wrote into one row; <c>null</c> where there is none, or it may not
    /// stand there.</summary>
    private Damaged? Damage((string Table, string Column, string Type) at, Random random)
    {
        using var connection = RawTables.Open(_database.File);
        var owner = at.Table switch
        {
            "complaint" => "id",
            "complaint_state" or "event" or "timer" or "outbox" or "participant" or "lookup" => "complaint",
            _ => "null",
        };
        var tenantKey = at.Table == "subject_key" ? "subject = x'00000001000000000000000000000000'" : "0";
        using var pick = connection.CreateCommand();
        var columns = $"{owner}, {at.Column}, {tenantKey}, {RawTables.KeyOf(at.Table)}";
        pick.CommandText = $"select {columns} from {at.Table} order by random() limit 1";
        object? id, old;
        bool isTenantKey;
        var key = new List<object>();
        using (var row = pick.ExecuteReader())
        {
            if (!row.Read())
                return null;
            (id, old, isTenantKey) = (row.GetValue(0), row.GetValue(1), row.GetInt64(2) == 1);
            for (var i = 3; i < row.FieldCount; i++)
                key.Add(row.GetValue(i));
        }
        object value = at.Type switch
        {
            "blob" => old is byte[] { Length: > 0 } bytes && random.Next(2) == 0 ? Flipped(bytes, random)
                : random.Next(2) == 0 ? [] : new byte[] { 1, 2, 3 },
            "text" => new[] { "", "{", "nobody", "[null]", "\u0001" }[random.Next(5)],
            _ => new[] { long.MaxValue, long.MinValue, -1L, 0L, 42L }[random.Next(5)],
        };
        using var update = connection.CreateCommand();
        var names = RawTables.KeyOf(at.Table).Split(", ");
        var where = string.Join(" and ", names.Select((name, i) => $"{name} = @k{i}"));
        update.CommandText = $"update {at.Table} set {at.Column} = @value where {where}";
        update.Parameters.AddWithValue("@value", value);
        for (var i = 0; i < key.Count; i++)
            update.Parameters.AddWithValue($"@k{i}", key[i]);
        try
        {
            update.ExecuteNonQuery().ShouldBe(1);
        }
        catch (SqliteException)
        {
            return null;
        }
        var complaint = id is byte[] { Length: 16 } of ? new ComplaintId(new Guid(of, bigEndian: true)) : (ComplaintId?)null;
        return new(at.Table, at.Column, value, complaint, isTenantKey);
    }

    private static byte[] Flipped(byte[] bytes, Random random)
    {
        var other = bytes.ToArray();
        other[random.Next(other.Length)] ^= (byte)random.Next(1, 256);
        return other;
    }

    private sealed record Damaged(string Table, string Column, object Value, ComplaintId? Of, bool IsTenantKey);
}
