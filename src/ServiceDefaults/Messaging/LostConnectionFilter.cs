using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.Logging;

namespace ServiceDefaults.Messaging;

/// <summary>
/// Ends a consumer whose connection is gone and that is not told. RabbitMQ.Client 7.2.2 tells its channels one after the other, and waits for ever for the lock of one
/// whose send was under way, if that was disposed meanwhile: those behind it never learn of it, their consumers count as healthy and get nothing. Whoever reads the
/// queue then begins anew on the next connection. Mended after 7.2.2 (rabbitmq-dotnet-client, "Do not gate publisher confirm shutdown cleanup"; docs/decisions/0003).
/// </summary>
internal sealed class LostConnectionFilter(string queue, TimeSpan lookEvery, TimeProvider time, ILogger<BrokerLine> logger) : IFilter<ChannelContext>
{
    public async Task Send(ChannelContext context, IPipe<ChannelContext> next)
    {
        var consuming = next.Send(context);
        for (var lost = false; !consuming.IsCompleted;)
        {
            await Task.WhenAny(consuming, Task.Delay(lookEvery, time));
            if (lost && !consuming.IsCompleted)
            {
                logger.ConsumerNotTold(queue);
                _ = consuming.ContinueWith(late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
                // Nobody will answer to the channel's end.
                context.Channel.ContinuationTimeout = TimeSpan.FromSeconds(1);
                throw new RabbitMqConnectionException($"The consumer of {queue} was not told that its connection is gone.");
            }

            // The client gets from one look to the next to tell it.
            lost = !context.ConnectionContext.Connection.IsOpen;
        }

        await consuming;
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("lost-connection");
}
