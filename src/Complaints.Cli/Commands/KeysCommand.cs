using System.CommandLine;
using Complaints.Core;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Cli.Commands;

/// <summary><c>complaints keys</c>: the master keys of personal data, those of all tenants of a database.</summary>
internal static class KeysCommand
{
    private static readonly Option<bool> AtOnce = new("--at-once")
    {
        Description = "Every program on the database is stopped: do not wait until an hour after the rotation.",
    };

    public static Command Create()
    {
        var retire = Session.Command(
            "retire", "Take older master keys out of the file, once nothing is wrapped under them any more.", RetireAsync);
        retire.Add(AtOnce);
        return new Command("keys", "The master keys of personal data: which there are, a new one, older ones out. For all tenants.")
        {
            Session.Command("list", "List the master keys of the file and how many keys are wrapped under each.", ListAsync),
            Session.Command(
                "rotate",
                "Add a master key and wrap all keys anew under it, or complete a rotation that was ended. Programs go on meanwhile.",
                RotateAsync),
            retire,
        };
    }

    private static async Task<int> ListAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var census = await RotationOf(session).CountAsync(cancellationToken);
        if (session.AsJson)
        {
            Output.WriteJson(new
            {
                file = FileOf(session),
                masters = census.Masters.Select(master =>
                    new { master.Id, addedAt = Output.Iso(master.AddedAt), master.Wraps, inFile = master.IsHeld, master.Keys }),
                census.OlderFormat,
                census.Unreadable,
                rotating = census.IsRotating,
                named = census.Strangers.Select(stranger => new { stranger.Code, message = stranger.In(session.Culture) }),
            });
        }
        else
        {
            Console.WriteLine(FileOf(session));
            foreach (var master in census.Masters)
            {
                var standing = master.Wraps ? session.Say("wraps", "加封") : master.IsHeld ? session.Say("unwraps", "仅解封")
                    : session.Say("NOT IN THE FILE", "不在文件中");
                var keys = session.Say("keys", "个密钥");
                Console.WriteLine($"  {master.Id}  {master.Keys,9} {keys}  {standing,-15}  {Output.Iso(master.AddedAt)}".TrimEnd());
            }
            if (census.OlderFormat > 0)
            {
                Console.WriteLine(session.Say(
                    $"  {census.OlderFormat} of them are in an older format, bound to nobody: a rotation changes that.",
                    $"  其中 {census.OlderFormat} 个为旧格式，不绑定任何人：轮换后即改变。"));
            }
            if (census.Unreadable > 0)
                Console.WriteLine(session.Say($"  {census.Unreadable} keys cannot be opened.", $"  {census.Unreadable} 个密钥无法打开。"));
            if (census.IsRotating)
            {
                Console.WriteLine(session.Say(
                    "A rotation was not completed: run 'complaints keys rotate'.", "有一次轮换未完成：请运行 'complaints keys rotate'。"));
            }
            Tell(session, census.Strangers);
        }
        return census.Strangers.IsEmpty ? ExitCode.Done : ExitCode.Refused;
    }

    private static async Task<int> RotateAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var result = await RotationOf(session).RotateAsync(cancellationToken);
        if (session.AsJson)
        {
            Output.WriteJson(new
            {
                file = FileOf(session), result.Master, result.Added, result.Rewrapped, result.Failed,
                named = result.Failures.Select(failure => new { failure.Code, message = failure.In(session.Culture) }),
            });
        }
        else
        {
            Console.WriteLine(result.Added
                ? session.Say(
                    $"Added the master key {result.Master} to {FileOf(session)}: back it up now, apart from the database.",
                    $"已将主密钥 {result.Master} 加入 {FileOf(session)}：请立即备份，并与数据库分开存放。")
                : session.Say(
                    $"Completed the last rotation, to the master key {result.Master}; no key was added.",
                    $"已完成上次轮换，主密钥为 {result.Master}；未新增密钥。"));
            Console.WriteLine(session.Say(
                $"{result.Rewrapped} keys were wrapped anew, {result.Failed} could not be opened and stay as they were.",
                $"重新加封 {result.Rewrapped} 个密钥，{result.Failed} 个无法打开，保持原样。"));
            Console.WriteLine(session.Say(
                "Keep the file from before as long as backups of the database from before may be restored. "
                + "'complaints keys retire' takes older master keys out.",
                "只要可能恢复此前的数据库备份，就请保留此前的密钥文件。'complaints keys retire' 可移除较旧的主密钥。"));
            Tell(session, result.Failures);
        }
        return result.Failed == 0 ? ExitCode.Done : ExitCode.Refused;
    }

    private static async Task<int> RetireAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var result = await RotationOf(session).RetireAsync(parsed.GetValue(AtOnce), cancellationToken);
        if (result.Refusal is { } refusal)
            return session.Refuse(refusal);
        if (session.AsJson)
            Output.WriteJson(new { file = FileOf(session), result.Retired });
        else if (result.Retired.IsEmpty)
            Console.WriteLine(session.Say("There is no older master key to take out.", "没有可移除的较旧主密钥。"));
        else
        {
            var ids = string.Join(", ", result.Retired);
            Console.WriteLine(session.Say(
                $"Taken out of {FileOf(session)}: {ids}. Backups of the database from before need the file from before.",
                $"已从 {FileOf(session)} 移除：{ids}。此前的数据库备份需要此前的密钥文件。"));
        }
        return ExitCode.Done;
    }

    private static void Tell(Session session, IEnumerable<ComplaintError> errors)
    {
        foreach (var error in errors)
            Console.Error.WriteLine($"{error.Code}: {error.In(session.Culture)}");
    }

    private static string? FileOf(Session session) => ProtectorOf(session).Path;

    private static FileKeyProtector ProtectorOf(Session session) => (FileKeyProtector)session.Get<IKeyProtector>();

    private static MasterKeyRotation RotationOf(Session session) =>
        new(session.Get<ISubjectKeyStore>(), ProtectorOf(session), session.Get<IClock>());
}
