namespace Complaints.Core;

/// <summary>The numbers that a node has reserved and not used yet. Thread-safe.</summary>
internal sealed class NumberBlocks
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(TenantId Tenant, int Year), (long Next, long End)> _blocks = [];

    /// <summary>The next number; <c>null</c> when a block must be reserved first.</summary>
    public long? Take(TenantId tenant, int year)
    {
        lock (_gate)
        {
            if (!_blocks.TryGetValue((tenant, year), out var block) || block.Next == block.End)
                return null;
            _blocks[(tenant, year)] = block with { Next = block.Next + 1 };
            return block.Next;
        }
    }

    /// <summary>Takes the first number of a new block and keeps the rest, if there is one.</summary>
    public long Open(TenantId tenant, int year, long first, int size)
    {
        if (size > 1)
        {
            lock (_gate)
                _blocks[(tenant, year)] = (first + 1, first + size);
        }
        return first;
    }
}
