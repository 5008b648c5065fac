using System.Collections;
using Complaints.Core;
using Complaints.Core.Assignment;
using Complaints.Core.Classification;
using Complaints.Core.Intake;
using Complaints.Core.Storage;
using Complaints.Storage.PostgreSql;
using Complaints.Testing;
using Npgsql;

namespace Complaints.PostgreSql.Tests;

/// <summary>The statement of a commit, whose parameters are used again.</summary>
public sealed class CommitSqlTests
{
    private readonly PostgreSqlDialect _dialect = new(new PostgreSqlStoreOptions { Schema = "complaints" });

    [Fact]
    public async Task Parameters_that_are_used_again_say_what_new_ones_would()
    {
        var sql = new CommitSql(_dialect);
        var seen = new HashSet<NpgsqlParameter>(ReferenceEqualityComparer.Instance);
        var again = 0;
        foreach (var commit in await CommitsAsync())
        {
            var command = sql.Of(commit, isTakenBack: true);
            Said(command).ShouldBe(Said(new CommitSql(_dialect).Of(commit)));
            again += command.Parameters.Count(parameter => !seen.Add(parameter));
            sql.TakeBack(command, commit);
            command.Parameters.ShouldBeEmpty();
        }
        again.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task Parameters_that_were_taken_back_serve_one_statement_at_a_time_and_none_that_keeps_them()
    {
        var sql = new CommitSql(_dialect);
        var commit = (await CommitsAsync())[^1];
        var first = sql.Of(commit, isTakenBack: true);
        NpgsqlParameter[] parameters = [.. first.Parameters.Cast<NpgsqlParameter>()];
        sql.TakeBack(first, commit);

        sql.Of(commit).Parameters.Intersect(parameters).ShouldBeEmpty("nobody will give them back");
        sql.Of(commit, isTakenBack: true).Parameters.ShouldBe(parameters);
        sql.Of(commit, isTakenBack: true).Parameters.Intersect(parameters).ShouldBeEmpty("the other statement has them");
    }

    [Fact]
    public async Task What_was_given_back_keeps_no_values()
    {
        var sql = new CommitSql(_dialect);
        var commit = (await CommitsAsync())[^1];
        var command = sql.Of(commit, isTakenBack: true);
        NpgsqlParameter[] parameters = [.. command.Parameters.Cast<NpgsqlParameter>()];
        parameters.ShouldContain(parameter => parameter.Value is byte[]);
        sql.TakeBack(command, commit);
        parameters.ShouldAllBe(parameter => parameter.Value == null);
    }

    /// <summary>Of several kinds, each more than once, with and without an owner, with one event and with many.</summary>
    private static async Task<List<ComplaintCommit>> CommitsAsync()
    {
        var recorder = new Recorder();
        var desk = new DeskHarness(recorder.Ports).Desk;
        for (var turn = 0; turn < 3; turn++)
        {
            var id = (await desk.RegisterAsync(turn % 2 == 0 ? Drafts.Chinese(turn) : Drafts.English(turn))).Value.Complaint;
            ComplaintCommand[] commands = [new AddNote("王小明 called."), new HandOver("amy", "technical", "other", "Needs a technician."),
                new Classify(Severity: "critical", Reason: "other", Remark: "New facts."), new AddNote("Again.")];
            foreach (var command in commands)
                _ = (await desk.ExecuteAsync(id, command)).Value;
        }
        return recorder.Commits;
    }

    private static List<string> Said(NpgsqlBatchCommand command) =>
        [command.CommandText, .. command.Parameters.Select(parameter => $"{parameter.NpgsqlDbType}: {Shown(parameter.Value)}")];

    private static string Shown(object? value) => value switch
    {
        byte[] bytes => Convert.ToHexString(bytes),
        string or null => $"'{value}'",
        IEnumerable many => string.Join(", ", many.Cast<object?>().Select(Shown)),
        _ => $"{value.GetType().Name} {value}",
    };

    private sealed class Recorder : IComplaintStore
    {
        private readonly InMemoryComplaintStore _memory = new();

        public List<ComplaintCommit> Commits { get; } = [];

        public StorePorts Ports => StorePorts.Of(_memory) with { Store = this };

        public ValueTask<LoadedComplaint> LoadAsync(TenantId tenant, ComplaintId id, CommandId command, CancellationToken cancellationToken) =>
            _memory.LoadAsync(tenant, id, command, cancellationToken);

        public ValueTask<LoadedIntake> LoadIntakeAsync(IntakeQuery query, CancellationToken cancellationToken) => _memory.LoadIntakeAsync(query, cancellationToken);

        public ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken)
        {
            Commits.Add(commit);
            return _memory.CommitAsync(commit, cancellationToken);
        }
    }
}
