using System.Diagnostics;
using System.Text.Json;

namespace ServiceDefaults.MassTransitEf;

/// <summary>Turns messages into outbox rows and back.</summary>
public static class Outbox
{
    /// <param name="queue">A queue to send to; null publishes.</param>
    public static OutboxMessage Message(long tenantId, object message, DateTimeOffset now, string? queue = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new OutboxMessage
        {
            TenantId = tenantId,
            MessageId = Guid.NewGuid(),
            Type = message.GetType().FullName!,
            Body = JsonSerializer.Serialize(message, message.GetType(), PipelineJson.Options),
            Queue = queue,
            TraceParent = Activity.Current?.Id,
            CreatedAt = now,
        };
    }

    public static object Read(OutboxMessage row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var type = typeof(Contracts.Generation.ItemRef).Assembly.GetType(row.Type)
            ?? throw new InvalidOperationException($"'{row.Type}' is no message of Contracts.");
        return JsonSerializer.Deserialize(row.Body, type, PipelineJson.Options)
            ?? throw new InvalidOperationException($"Outbox row {row.Id} is empty.");
    }
}
