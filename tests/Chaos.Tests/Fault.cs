using Testing.Studio;

namespace Chaos.Tests;

/// <summary>Something that goes wrong. Text and values alone, so that a plan can be printed and compared.</summary>
public abstract record Fault
{
    /// <summary>kill -9 of a service; it is started again after a while.</summary>
    public sealed record Kill(string Service, int Replica, int DownMs) : Fault;

    /// <summary>kill -9 of a server with all its processes; its host starts it again.</summary>
    public sealed record Restart(string Server) : Fault;

    /// <summary>Redis loses everything it holds.</summary>
    public sealed record EmptyRedis : Fault;

    /// <summary>RabbitMQ loses every message that waits in a queue.</summary>
    public sealed record EmptyQueues : Fault;

    /// <summary>Messages of a queue come twice: at once, and once more later.</summary>
    public sealed record Twice(string Queue, int ForMs, int LaterMs) : Fault;

    /// <summary>Messages of a queue come later.</summary>
    public sealed record Late(string Queue, int ForMs, int LaterMs) : Fault;

    /// <summary>Messages of a queue come in the opposite order.</summary>
    public sealed record Reversed(string Queue, int ForMs) : Fault;

    /// <summary>The clock jumps over the leases of what is in flight.</summary>
    public sealed record LeasesRunOut : Fault;

    /// <summary>The clock jumps over the signs of life of all workers.</summary>
    public sealed record OwnersRunOut : Fault;

    /// <summary>The clock jumps over the leases of the outbox.</summary>
    public sealed record OutboxLeasesRunOut : Fault;
}

/// <summary>The names that faults are about.</summary>
public static class Targets
{
    public const string Postgres = "postgres-server";
    public const string RabbitMq = "rabbitmq";
    public const string Redis = "redis";

    public static readonly IReadOnlyList<(string Service, int Replicas)> Services =
    [
        (RunningStudio.PipelineService, 2),
        (RunningStudio.ImageWorker, 2),
        (RunningStudio.VideoWorker, 1),
        (RunningStudio.CostService, 1),
        (RunningStudio.EnhancerService, 1),
        (RunningStudio.Gateway, 1),
    ];

    public static readonly IReadOnlyList<string> Queues =
        ["generate-image", "generate-video", "items-finished", "settle-items", "pipeline-saga", "worker-heartbeat"];
}
