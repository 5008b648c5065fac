using System.Collections.Immutable;
using System.Globalization;
using Complaints.Core;
using Complaints.Core.History;
using Complaints.Core.Storage;

namespace Complaints.Cli;

/// <summary>The newest checkpoint of each tenant, kept apart from the database: with it nobody can take checkpoints away unseen. One line a tenant: tenant, sequence, authenticator.</summary>
internal sealed class AnchorFile
{
    private readonly string _path;
    private readonly SortedDictionary<string, (int Sequence, string Mac)> _entries = new(StringComparer.Ordinal);

    public AnchorFile(string path)
    {
        _path = path;
        if (!File.Exists(path))
            return;
        foreach (var line in File.ReadLines(path).Where(line => line.Length > 0))
        {
            if (line.Split(' ') is not [var tenant, var sequence, var mac] || !int.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                throw new UsageException(
                    $"'{path}' is no anchor file: '{line}'. Name the file that an earlier 'complaints verify --anchor' wrote.",
                    $"“{path}”不是锚定文件：“{line}”。请指定先前由 'complaints verify --anchor' 写出的文件。");
            }
            _entries[tenant] = (number, mac);
        }
    }

    public IEnumerable<TenantId> Tenants => _entries.Keys.Select(tenant => new TenantId(tenant));

    /// <summary>What the anchor knows and the database does not.</summary>
    public async Task<ImmutableArray<ChainFinding>> CheckAsync(IChainStore store, TenantId tenant, CancellationToken cancellationToken)
    {
        if (!_entries.TryGetValue(tenant.Value, out var known))
            return [];
        await foreach (var part in store.CheckpointsAsync(tenant, cancellationToken))
        {
            if (part.Sequence == known.Sequence && Convert.ToHexStringLower(part.Mac.Span) == known.Mac)
                return [];
        }
        return
        [
            new ChainFinding("anchor.mismatch", null, null, known.Sequence, 0, new(
                $"The anchor names checkpoint {known.Sequence} of tenant {tenant}, and the database has no such checkpoint: "
                + "checkpoints were deleted or replaced, or this is an older copy.",
                $"锚定文件记有租户 {tenant} 的检查点 {known.Sequence}，而数据库中没有：检查点被删除或替换，或这是较旧的副本。")),
        ];
    }

    public void Set(TenantId tenant, CheckpointPart part) => _entries[tenant.Value] = (part.Sequence, Convert.ToHexStringLower(part.Mac.Span));

    public void Save()
    {
        var draft = _path + ".new";
        File.WriteAllLines(draft, _entries.Select(entry => $"{entry.Key} {entry.Value.Sequence.ToString(CultureInfo.InvariantCulture)} {entry.Value.Mac}"));
        File.Move(draft, _path, overwrite: true);
    }
}
