using System.Collections.Specialized;
using System.Diagnostics;
using System.Globalization;
using Complaints.PostgreSql.Tests.Server;
using NodaTime;
using Quartz;
using Quartz.Impl;
using Quartz.Spi;

namespace Complaints.Benchmarks.Sweeps;

/// <summary>Quartz.NET with its store in the same server, clustered: what many teams would take for deadlines. One-shot triggers that are all overdue, and a job that does nothing.</summary>
internal static class QuartzPeer
{
    private static int _fired;

    /// <summary>How many triggers it fires in a second.</summary>
    public static async Task<double> FiresASecondAsync(PrivateServer server, int triggers)
    {
        await server.ExecuteAsync("create database quartz");
        await server.ExecuteAsync(Tables, "quartz");
        var scheduler = await new StdSchedulerFactory(new NameValueCollection
        {
            ["quartz.scheduler.instanceName"] = "peer",
            ["quartz.scheduler.instanceId"] = "AUTO",
            ["quartz.scheduler.batchTriggerAcquisitionMaxCount"] = "50",
            ["quartz.threadPool.maxConcurrency"] = "16",
            ["quartz.jobStore.type"] = "Quartz.Impl.AdoJobStore.JobStoreTX, Quartz",
            ["quartz.jobStore.driverDelegateType"] = "Quartz.Impl.AdoJobStore.PostgreSQLDelegate, Quartz",
            ["quartz.jobStore.clustered"] = "true",
            ["quartz.jobStore.acquireTriggersWithinLock"] = "true",
            ["quartz.jobStore.misfireThreshold"] = TimeSpan.FromDays(1).TotalMilliseconds.ToString(CultureInfo.InvariantCulture),
            ["quartz.jobStore.useProperties"] = "true",
            ["quartz.jobStore.dataSource"] = "default",
            ["quartz.dataSource.default.provider"] = "Npgsql",
            ["quartz.dataSource.default.connectionString"] = server.ConnectionString("quartz"),
            ["quartz.serializer.type"] = typeof(NoSerializer).AssemblyQualifiedName,
        }).GetScheduler();
        var job = JobBuilder.Create<NoJob>().WithIdentity("none").StoreDurably().Build();
        var overdue = (SystemClock.Instance.GetCurrentInstant() - Duration.FromMinutes(10)).ToDateTimeOffset();
        await scheduler.ScheduleJobs(
            new Dictionary<IJobDetail, IReadOnlyCollection<ITrigger>>
            {
                [job] = [.. Enumerable.Range(0, triggers).Select(i => TriggerBuilder.Create().WithIdentity($"t{i}").ForJob(job).StartAt(overdue).Build())],
            },
            replace: false);
        var watch = Stopwatch.StartNew();
        await scheduler.Start();
        while (Volatile.Read(ref _fired) < triggers)
            await Task.Delay(5);
        var rate = triggers / watch.Elapsed.TotalSeconds;
        await scheduler.Shutdown(waitForJobsToComplete: true);
        return rate;
    }

    public sealed class NoJob : IJob
    {
        public Task Execute(IJobExecutionContext context)
        {
            Interlocked.Increment(ref _fired);
            return Task.CompletedTask;
        }
    }

    /// <summary>Nothing here has data.</summary>
    public sealed class NoSerializer : IObjectSerializer
    {
        public void Initialize()
        {
        }

        public byte[] Serialize<T>(T obj) where T : class => [];

        public T? DeSerialize<T>(byte[] data) where T : class => null;
    }

    /// <summary>The tables by the names that Quartz uses in its statements, with the two indexes that its search for due triggers needs.</summary>
    private const string Tables =
        """
        create table qrtz_job_details (sched_name text, job_name text, job_group text, description text, job_class_name text not null, is_durable bool not null, is_nonconcurrent bool not null,
          is_update_data bool not null, requests_recovery bool not null, job_data bytea, primary key (sched_name, job_name, job_group));
        create table qrtz_triggers (sched_name text, trigger_name text, trigger_group text, job_name text not null, job_group text not null, description text, next_fire_time bigint, prev_fire_time bigint,
          priority integer, trigger_state text not null, trigger_type text not null, start_time bigint not null, end_time bigint, calendar_name text, misfire_instr smallint, job_data bytea,
          misfire_orig_fire_time bigint, execution_group text, preferred_node text, preferred_node_auto bool, primary key (sched_name, trigger_name, trigger_group));
        create index on qrtz_triggers (sched_name, trigger_state, next_fire_time);
        create index on qrtz_triggers (sched_name, job_name, job_group);
        create table qrtz_simple_triggers (sched_name text, trigger_name text, trigger_group text, repeat_count bigint not null, repeat_interval bigint not null, times_triggered bigint not null,
          primary key (sched_name, trigger_name, trigger_group));
        create table qrtz_simprop_triggers (sched_name text, trigger_name text, trigger_group text, str_prop_1 text, str_prop_2 text, str_prop_3 text, int_prop_1 integer, int_prop_2 integer,
          long_prop_1 bigint, long_prop_2 bigint, dec_prop_1 numeric, dec_prop_2 numeric, bool_prop_1 bool, bool_prop_2 bool, time_zone_id text, primary key (sched_name, trigger_name, trigger_group));
        create table qrtz_cron_triggers (sched_name text, trigger_name text, trigger_group text, cron_expression text not null, time_zone_id text, primary key (sched_name, trigger_name, trigger_group));
        create table qrtz_blob_triggers (sched_name text, trigger_name text, trigger_group text, blob_data bytea, primary key (sched_name, trigger_name, trigger_group));
        create table qrtz_calendars (sched_name text, calendar_name text, calendar bytea not null, primary key (sched_name, calendar_name));
        create table qrtz_paused_trigger_grps (sched_name text, trigger_group text, primary key (sched_name, trigger_group));
        create table qrtz_fired_triggers (sched_name text, entry_id text, trigger_name text not null, trigger_group text not null, instance_name text not null, fired_time bigint not null,
          sched_time bigint not null, priority integer not null, state text not null, job_name text, job_group text, is_nonconcurrent bool, requests_recovery bool, execution_group text,
          primary key (sched_name, entry_id));
        create index on qrtz_fired_triggers (sched_name, trigger_name, trigger_group);
        create index on qrtz_fired_triggers (sched_name, instance_name);
        create table qrtz_scheduler_state (sched_name text, instance_name text, last_checkin_time bigint not null, checkin_interval bigint not null, primary key (sched_name, instance_name));
        create table qrtz_locks (sched_name text, lock_name text, primary key (sched_name, lock_name));
        """;
}
