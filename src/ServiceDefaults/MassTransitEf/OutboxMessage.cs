using Microsoft.EntityFrameworkCore;

namespace ServiceDefaults.MassTransitEf;

/// <summary>A message that leaves when the transaction that wrote it has committed.</summary>
public sealed class OutboxMessage
{
    public long Id { get; set; }

    public required long TenantId { get; init; }

    public required Guid MessageId { get; init; }

    /// <summary>Full name of the contract.</summary>
    public required string Type { get; init; }

    public required string Body { get; init; }

    /// <summary>A queue to send to; null publishes.</summary>
    public string? Queue { get; init; }

    /// <summary>W3C trace context of what caused it.</summary>
    public string? TraceParent { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? LeasedUntil { get; set; }

    public int Attempts { get; set; }
}

public static class OutboxModel
{
    /// <summary>Adds the table <c>outbox</c>; a dispatcher reads it in order of id.</summary>
    public static ModelBuilder AddOutbox(this ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.Entity<OutboxMessage>(message => message.ToTable("outbox").HasKey(row => row.Id));
        return modelBuilder;
    }
}
