using System.Text.Json;
using Complaints.Benchmarks.Commands;
using Complaints.Core;
using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;
using Complaints.Storage.Sqlite;
using Complaints.Testing;
using Microsoft.Data.Sqlite;

namespace Complaints.Benchmarks.Sqlite;

/// <summary>A page of 25 of a queue of 10,000 complaints with its titles revealed, warm, on SQLite: against a hand-written select and the
/// opening of the same envelopes.</summary>
internal static class ListBenchmark
{
    private const int Complaints = 10_000;
    private const int Page = 25;
    private const int Slice = 500;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("complaints-benchmark-");
        try
        {
            await using var store = new SqliteStore(Path.Combine(folder.FullName, "desk.db"));
            await (await Workload.CreateAsync(Complaints)).WriteBeginningAsync(store);
            var desk = Workload.Desk(StorePorts.Of(store));
            var keys = new PersonKeys(store, new FileKeyProtector(new byte[32]), NodaTime.SystemClock.Instance);
            await using var connection = SqliteBenchmark.Open(store.Path);
            var raw = new RawPage(connection, keys);
            var query = new ComplaintQuery { States = [ComplaintState.Registered], Take = Page };
            var mine = await DeskPageAsync(desk, query);
            if (!mine.SequenceEqual(await raw.ReadAsync()))
                throw new InvalidOperationException("The arms did not read the same.");

            Rounds.Print($"pages of {Page} of {Complaints:N0}, {Slice} a slice, 9 rounds; speed as a multiple of the first line");
            var ratios = await Rounds.CompareAsync(
                [
                    new("hand-written select, envelopes opened", async count =>
                    {
                        for (var i = 0; i < count; i++)
                            await raw.ReadAsync();
                    }),
                    new("ComplaintDesk.ListAsync and RevealAsync", async count =>
                    {
                        for (var i = 0; i < count; i++)
                            await DeskPageAsync(desk, query);
                    }),
                ],
                Slice, warmUps: 4);
            Rounds.Print($"list with titles : hand-written  {ratios[1]:F2}  (bound 2 ms a page, reported above as pages a second)");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<List<string?>> DeskPageAsync(ComplaintDesk desk, ComplaintQuery query)
    {
        var page = await desk.ListAsync(query);
        var words = await desk.RevealAsync(page, Purpose.Search);
        return [.. page.Items.Select(item => words.Of(item.Title))];
    }

    /// <summary>What a careful programmer writes by hand, who keeps the keys of the page as the library does.</summary>
    private sealed class RawPage
    {
        private readonly SqliteCommand _select;
        private readonly PersonKeys _keys;

        public RawPage(SqliteConnection connection, PersonKeys keys)
        {
            _keys = keys;
            _select = connection.CreateCommand();
            _select.CommandText =
                "select id, number, state, priority, category, owner, team, received_at, due_at, person, title from complaint "
                + "where tenant = 'default' and state = 'Registered' order by coalesce(due_at, 9223372036854775807), id limit 26";
        }

        public async Task<List<string?>> ReadAsync()
        {
            var rows = new List<(Guid Id, SubjectId Person, byte[] Title)>();
            using (var row = _select.ExecuteReader())
            {
                while (row.Read() && rows.Count < Page)
                    rows.Add((new((byte[])row[0], bigEndian: true), new(new Guid((byte[])row[9], bigEndian: true)), (byte[])row[10]));
            }
            var keys = await _keys.FindAllAsync(TenantId.Default, rows.Select(row => row.Person), default);
            return [.. rows.Select(row => keys.TryGetValue(row.Person, out var key) ? Open(key, row.Id, row.Title) : null)];
        }

        private static string? Open(SubjectKey key, Guid id, byte[] title)
        {
            var reader = new Utf8JsonReader(title);
            reader.Read();
            var envelope = Envelope.Read(ref reader);
            var place = ComplaintSummary.PlaceOfTitle(TenantId.Default, new(id));
            return JsonSerializer.Deserialize<string>(key.Open(envelope, place));
        }
    }
}
