using System.ComponentModel.DataAnnotations;

namespace ServiceDefaults.Messaging;

/// <summary>Section <c>Broker</c>: how long RabbitMQ is waited for.</summary>
public sealed class BrokerOptions
{
    public const string Section = "Broker";

    /// <summary>How long a message's confirm is waited for before it is sent again. Default 10 s; less than the 30 s for which a process may keep a message of the outbox to itself.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:20")]
    public TimeSpan SendLimit { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one sender may stand still, counted from the first message that it gave up on, before the connection is cut and made again. Default 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan StandstillAfter { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How long the bus may be ill although RabbitMQ answers others, before the process ends to be started anew: less than it takes people to notice, and longer than a
    /// bus needs to connect again. Default 1 minute.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan EndAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>A broker that is silent for twice as long counts as gone, and the connection is made again. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long the client waits for the answer to one of its operations. Default 10 minutes, longer than any broker takes that still answers heartbeats: a client
    /// that gives an operation up loses its place among the answers.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:20", "01:00:00")]
    public TimeSpan AnswerLimit { get; set; } = TimeSpan.FromMinutes(10);
}
