using Complaints.Core;
using Complaints.Core.Intake;

namespace CrmTransaction;

/// <summary>With a plain transaction of the driver.</summary>
public static class Plain
{
    /// <summary>Cancels an order and registers the complaint about it: both or neither.</summary>
    /// <param name="crm">The CRM.</param>
    /// <param name="desk">The desk.</param>
    /// <param name="order">The order.</param>
    /// <param name="draft">The complaint.</param>
    /// <param name="commit">False to think better of it and roll back.</param>
    public static async Task<CommandResult> CancelAsync(Crm crm, ComplaintDesk desk, string order, IntakeDraft draft, bool commit = true)
    {
        await using var connection = crm.Connect();
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();

        await Crm.ExecuteAsync(connection, "update crm_order set status = 'cancelled' where id = @order", order);
        var filed = await crm.In(desk, transaction).RegisterAsync(draft); // pending until the CRM commits

        if (commit && filed.IsSuccess)
            await transaction.CommitAsync();
        else
            await transaction.RollbackAsync();
        return filed;
    }

    /// <summary>Cancels an order and carries a command out. Somebody else was faster with the complaint: the order is cancelled all the same, and the conflict is told.</summary>
    public static async Task<Exception?> CancelAndDoAsync(Crm crm, ComplaintDesk desk, string order, ComplaintId complaint, ComplaintCommand command, int seen)
    {
        await using var connection = crm.Connect();
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();

        await Crm.ExecuteAsync(connection, "update crm_order set status = 'cancelled' where id = @order", order);
        Exception? conflict = null;
        try
        {
            await crm.In(desk, transaction).ExecuteAsync(complaint, command, new CommandOptions { ExpectedVersion = seen });
        }
        catch (Complaints.Core.Storage.ConflictException e)
        {
            conflict = e; // what the command wrote is undone; the order is still cancelled
        }
        await transaction.CommitAsync();
        return conflict;
    }
}
