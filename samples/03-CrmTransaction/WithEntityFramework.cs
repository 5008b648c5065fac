using System.Data.Common;
using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace CrmTransaction;

public sealed class Order
{
    public required string Id { get; init; }

    public required string Status { get; set; }
}

/// <summary>The CRM's own context. It knows nothing of complaints.</summary>
public sealed class CrmContext(Crm crm) : DbContext
{
    public DbSet<Order> Orders => Set<Order>();

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => crm.Configure(optionsBuilder);

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Order>(order =>
    {
        order.ToTable("crm_order");
        order.Property(row => row.Id).HasColumnName("id");
        order.Property(row => row.Status).HasColumnName("status");
    });
}

/// <summary>Repeats the whole unit, also when it was the complaint's part that could not reach the database.</summary>
public sealed class WholeUnit(ExecutionStrategyDependencies dependencies) : ExecutionStrategy(dependencies, maxRetryCount: 3, maxRetryDelay: TimeSpan.FromSeconds(1))
{
    protected override bool ShouldRetryOn(Exception exception) => exception is StoreUnavailableException or DbException { IsTransient: true } or TimeoutException;
}

/// <summary>The same from an EF Core context, under its execution strategy.</summary>
public static class WithEntityFramework
{
    /// <summary>Cancels an order and registers the complaint about it: both or neither, and once, however often the unit is repeated.</summary>
    /// <param name="crm">The CRM.</param>
    /// <param name="desk">The desk.</param>
    /// <param name="order">The order.</param>
    /// <param name="draft">The complaint.</param>
    /// <param name="commit">False to think better of it and roll back.</param>
    /// <param name="afterCommit">Called after each commit, for instance to fail once: then nobody knows whether it was written.</param>
    public static async Task<CommandResult> CancelAsync(Crm crm, ComplaintDesk desk, string order, IntakeDraft draft, bool commit = true, Action? afterCommit = null)
    {
        // Made outside of what is repeated: the same intention, the same id.
        var options = new CommandOptions { CommandId = new CommandId(Guid.NewGuid()) };
        await using var first = new CrmContext(crm);
        return await first.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await using var context = new CrmContext(crm);
            await using var transaction = await context.Database.BeginTransactionAsync();

            (await context.Orders.SingleAsync(row => row.Id == order)).Status = "cancelled";
            await context.SaveChangesAsync();
            var filed = await crm.In(desk, transaction.GetDbTransaction()).RegisterAsync(draft, options);

            if (commit && filed.IsSuccess)
            {
                await transaction.CommitAsync();
                afterCommit?.Invoke();
            }
            return filed; // without a commit the transaction is rolled back as it is disposed
        });
    }
}
