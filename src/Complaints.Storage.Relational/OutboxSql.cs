namespace Complaints.Storage.Relational;

/// <summary>The statements of the outbox. A claim is one statement; rows that another one holds are passed over.</summary>
internal sealed class OutboxSql(ISqlDialect dialect)
{
    private const string Hour = "3600000000";
    private const string Month = "2678400000000";
    private const string Waiting = "delivered_at is null and dead_at is null";
    private const string Mine = "tenant = @tenant and owner = @token and " + Waiting;

    private readonly string _now = $"coalesce(cast(@now as bigint), {dialect.Now})";

    public SqlText Claim => field ??= ClaimText("");

    /// <summary>An earlier one that was due and is still to be divided holds the later ones up, because it may be for their channel, too.</summary>
    public SqlText ClaimInOrder => field ??= ClaimText(
        $"""
         and not exists (
          select 1 from outbox e
          where e.tenant = w.tenant and e.complaint = w.complaint and e.delivered_at is null and e.dead_at is null and (e.created_at, e.id) < (w.created_at, w.id)
            and (e.channel = w.channel or e.channel = '' and (e.attempt > 0 or e.due_at <= {_now})))
        """);

    public SqlText Deliver => field ??= new($"update outbox set delivered_at = {_now} where {Mine} and {IsOne}");

    public SqlText Retry => field ??= new($"update outbox set due_at = @at, owner = null where {Mine} and {IsOne}");

    public SqlText Release =>
        field ??= new($"update outbox set due_at = @at, owner = null, attempt = attempt - 1 where {Mine} and {IsOne}");

    public SqlText GiveUp => field ??= new($"update outbox set dead_at = {_now}, reason = @reason where {Mine} and {IsOne}");

    public SqlText AddPart => field ??= new(
        $"""
        insert into outbox (tenant, id, complaint, topic, payload, created_at, due_at, channel)
        select tenant, @id, complaint, topic, payload, created_at, {_now}, @channel from outbox where {Mine} and id = @whole
        on conflict (tenant, id) do nothing
        """);

    public SqlText Dead => field ??= new(
        "select id, complaint, topic, channel, attempt, dead_at, reason from outbox where tenant = @tenant and dead_at is not null order by dead_at desc, id limit @max");

    public SqlText Replay => field ??= new(
        $"update outbox set dead_at = null, reason = null, owner = null, attempt = 0, due_at = {_now} where tenant = @tenant and dead_at is not null and {IsOne}");

    /// <summary>What no honest clock has written: a lease of more than an hour, a message of the future that is to go at once or within
    /// the hour, a pause of more than 31 days, and a message of the future that waits for so long. A message that is meant to wait,
    /// waits.</summary>
    public static string FarAhead(string now) =>
        $"""
        due_at > {now} + {Hour} and (owner is not null or created_at > {now} + {Hour} and due_at < created_at + {Hour}
          or (attempt > 0 or created_at > {now} + {Hour}) and due_at > {now} + {Month})
        """;

    /// <summary>When such a message goes: at once, or after the pause for which it was meant to wait, which is never as long as to be far
    /// ahead again.</summary>
    public static string DueAgain(string now) =>
        $"{now} + case when owner is null and attempt = 0 then max(0, min(due_at - created_at, {Month})) else 0 end";

    public SqlText Ages => field ??= new(
        $"""
        select (select min(due_at) from outbox where tenant = @tenant and due_at <= {_now} and {Waiting}),
               (select min(due_at) from timer where tenant = @tenant and due_at <= {_now}),
               (select count(*) from outbox where tenant = @tenant and dead_at is not null),
               {_now},
               (select count(*) from outbox where tenant = @tenant and {Waiting} and {FarAhead(_now)})
        """);

    public SqlText Forget => field ??= new("delete from outbox where tenant = @tenant and delivered_at < @before");

    private string IsOne => dialect.IsOneOfIds("id", "@ids");

    private SqlText ClaimText(string order)
    {
        var next = $"""
            select w.id from outbox w
            where w.tenant = @tenant and w.channel = @channel and w.delivered_at is null and w.dead_at is null and w.due_at <= {_now}{order}
            order by w.due_at limit @max {dialect.SkipLocked}
            """;
        return new(
            dialect.BeginClaim,
            dialect.SteadyPlan,
            $"""
            update outbox set due_at = {_now} + @lease, attempt = case when attempt between 0 and 1000000 then attempt + 1 else 1 end,
                owner = @token
            where tenant = @tenant and {dialect.IsOneOfRows("id", next)}
            returning id, complaint, topic, payload, created_at, cast(attempt as bigint)
            """,
            dialect.EndClaim);
    }
}
