namespace ServiceDefaults.Messaging;

/// <summary>How long the broker's confirm is waited for.</summary>
public static class BrokerCall
{
    /// <summary>
    /// Waits for a send, made without a token of its own. What takes longer counts as failed but is not called off: RabbitMQ.Client remembers a cancelled
    /// operation and takes the next answer on that channel for its late one, which then leaves the next operation waiting, and so on for ever
    /// (rabbitmq-dotnet-client #1964). It may still arrive; whoever sends has to bear a message that comes twice.
    /// </summary>
    /// <exception cref="TimeoutException">No confirm within the limit.</exception>
    public static async Task WithinAsync(this Task send, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(send);
        try
        {
            await send.WaitAsync(limit, time, cancellationToken);
        }
        catch (TimeoutException) when (!send.IsCompleted)
        {
            // Nobody waits for it any more: its failure must not count as unobserved.
            _ = send.ContinueWith(late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            throw new TimeoutException($"The broker has not confirmed a message within {limit.TotalSeconds:0.#} s.");
        }
    }
}
