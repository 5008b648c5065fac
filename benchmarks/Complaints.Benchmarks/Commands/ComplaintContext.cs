using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Complaints.Benchmarks.Commands;

/// <summary>The tables as EF Core maps them.</summary>
internal sealed class ComplaintContext(DbContextOptions<ComplaintContext> options) : DbContext(options)
{
    private static readonly string[] Ids = [nameof(ComplaintEntity.Id), nameof(ComplaintEntity.Person), nameof(EventEntity.Complaint)];

    public DbSet<ComplaintEntity> Complaints => Set<ComplaintEntity>();

    public DbSet<StateEntity> States => Set<StateEntity>();

    public DbSet<CommandEntity> Commands => Set<CommandEntity>();

    public DbSet<EventEntity> Events => Set<EventEntity>();

    public DbSet<TimerEntity> Timers => Set<TimerEntity>();

    public DbSet<MessageEntity> Outbox => Set<MessageEntity>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<ComplaintEntity>().ToTable("complaint").HasKey(row => new { row.Tenant, row.Id });
        modelBuilder.Entity<ComplaintEntity>().Property(row => row.Version).IsConcurrencyToken();
        modelBuilder.Entity<StateEntity>().ToTable("complaint_state").HasKey(row => new { row.Tenant, row.Complaint });
        modelBuilder.Entity<CommandEntity>().ToTable("command").HasKey(row => new { row.Tenant, row.Id });
        modelBuilder.Entity<EventEntity>().ToTable("event").HasKey(row => new { row.Tenant, row.Complaint, row.Version, row.Idx });
        modelBuilder.Entity<TimerEntity>().ToTable("timer").HasKey(row => new { row.Tenant, row.Complaint, row.Clock, row.Purpose });
        modelBuilder.Entity<MessageEntity>().ToTable("outbox").HasKey(row => new { row.Tenant, row.Id });
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            property.SetColumnName(string.Concat(property.Name.Select((c, at) => char.IsUpper(c) && at > 0 ? "_" + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString())));
            if (Database.IsNpgsql() && Ids.Contains(property.Name))
                property.SetValueConverter(new ValueConverter<byte[], Guid>(id => new Guid(id, true), id => id.ToByteArray(true)));
        }
    }
}

internal sealed class ComplaintEntity
{
    public required string Tenant { get; set; }
    public required byte[] Id { get; set; }
    public required string Number { get; set; }
    public required byte[] Person { get; set; }
    public long ReceivedAt { get; set; }
    public int Version { get; set; }
    public required string Kind { get; set; }
    public required string State { get; set; }
    public int Round { get; set; }
    public required string Priority { get; set; }
    public string? Category { get; set; }
    public string? Subcategory { get; set; }
    public required string Channel { get; set; }
    public string? Owner { get; set; }
    public string? Team { get; set; }
    public byte[]? Title { get; set; }
    public long UpdatedAt { get; set; }
    public long? DueAt { get; set; }
    public long? TargetAt { get; set; }
    public required byte[] Head { get; set; }
}

internal sealed class StateEntity
{
    public required string Tenant { get; set; }
    public required byte[] Complaint { get; set; }
    public int Schema { get; set; }
    public required byte[] Body { get; set; }
}

internal sealed class CommandEntity
{
    public required string Tenant { get; set; }
    public required byte[] Id { get; set; }
    public required string Hash { get; set; }
    public required byte[] Answer { get; set; }
    public long RecordedAt { get; set; }
}

internal sealed class EventEntity
{
    public required string Tenant { get; set; }
    public required byte[] Complaint { get; set; }
    public int Version { get; set; }
    public int Idx { get; set; }
    public required byte[] Hash { get; set; }
    public required byte[] Body { get; set; }
}

internal sealed class TimerEntity
{
    public required string Tenant { get; set; }
    public required byte[] Complaint { get; set; }
    public required string Clock { get; set; }
    public required string Purpose { get; set; }
    public long DueAt { get; set; }
}

internal sealed class MessageEntity
{
    public required string Tenant { get; set; }
    public required byte[] Id { get; set; }
    public required byte[] Complaint { get; set; }
    public required string Topic { get; set; }
    public required byte[] Payload { get; set; }
    public long CreatedAt { get; set; }
    public long DueAt { get; set; }
    public long? DeliveredAt { get; set; }
}
