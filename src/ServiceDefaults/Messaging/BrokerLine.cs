using System.Collections.Concurrent;
using System.Net.Sockets;
using MassTransit;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace ServiceDefaults.Messaging;

/// <summary>
/// This process's lines to RabbitMQ. A client that waits for an answer that never comes looks connected for ever: what it is asked then is neither confirmed nor
/// refused. Who waits for too long cuts the line, and the bus makes a new one (docs/decisions/0003).
/// </summary>
public sealed class BrokerLine(BrokerOptions options, TimeProvider time, ILogger<BrokerLine> logger)
{
    private readonly ConcurrentDictionary<Socket, bool> _sockets = new();
    private readonly ConcurrentDictionary<string, Standing> _standing = new(StringComparer.Ordinal);
    private long _cutAt;

    /// <summary>Whether something that is still being sent has not gone out for <see cref="BrokerOptions.StandstillAfter"/>, cuts or not.</summary>
    public bool StandsStill => _standing.Values.Any(standing => time.GetElapsedTime(standing.Since) >= options.StandstillAfter && IsRecent(standing));

    /// <summary>Waits for a send, made without a token of its own, for <see cref="BrokerOptions.SendLimit"/>. See <see cref="BrokerCall"/>.</summary>
    /// <param name="what">What is sent, or where to: a confirm or a refusal of the same ends a standstill.</param>
    /// <param name="limit">Another limit.</param>
    /// <exception cref="TimeoutException">No confirm within the limit.</exception>
    public async Task ConfirmedAsync(string what, Task send, CancellationToken cancellationToken, TimeSpan? limit = null)
    {
        ArgumentNullException.ThrowIfNull(what);
        ArgumentNullException.ThrowIfNull(send);
        try
        {
            await send.WithinAsync(limit ?? options.SendLimit, time, cancellationToken);
            _standing.TryRemove(what, out _);
        }
        catch (TimeoutException) when (!send.IsCompleted)
        {
            var now = time.GetTimestamp();
            var standing = _standing.AddOrUpdate(what, new Standing(now, now), (_, before) => IsRecent(before) ? before with { Last = now } : new Standing(now, now));
            if (time.GetElapsedTime(standing.Since) >= options.StandstillAfter && (Volatile.Read(ref _cutAt) is var cut && (cut == 0 || time.GetElapsedTime(cut) >= options.StandstillAfter)))
            {
                Cut(what);
            }

            throw;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (IsAnswer(exception))
            {
                _standing.TryRemove(what, out _);
            }
            else if (_standing.TryGetValue(what, out var standing) && IsRecent(standing))
            {
                // A channel that goes down under a sender tells it so, the line's own cut above all: still nothing has gone out.
                _standing.TryUpdate(what, standing with { Last = time.GetTimestamp() }, standing);
            }

            throw;
        }
    }

    /// <summary>Ends all lines. Whatever waits on one fails, and is sent again on the next.</summary>
    /// <param name="why">For the log.</param>
    public void Cut(string why)
    {
        Volatile.Write(ref _cutAt, time.GetTimestamp());
        var open = _sockets.Keys.Where(socket => !socket.SafeHandle.IsClosed).ToList();
        if (open.Count > 0)
        {
            logger.LineCut(open.Count, why);
        }

        foreach (var socket in open)
        {
            try
            {
                // The reading end sees the end of the stream, whatever the other side does.
                socket.Shutdown(SocketShutdown.Both);
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // It ended by itself.
            }
        }
    }

    /// <summary>Makes a line, for the client's factory.</summary>
    internal ITcpClient Open(AddressFamily family)
    {
        foreach (var closed in _sockets.Keys.Where(socket => socket.SafeHandle.IsClosed))
        {
            _sockets.TryRemove(closed, out _);
        }

        var line = ConnectionFactoryBase.DefaultSocketFactory(family);
        _sockets[line.Client] = true;
        return line;
    }

    /// <summary>Whether RabbitMQ itself said no, to a message that no queue takes or that it cannot keep: then the line is well.</summary>
    private static bool IsAnswer(Exception exception) =>
        exception is MessageReturnedException or MessageNotAcknowledgedException || (exception.InnerException is { } inner && IsAnswer(inner));

    // What nobody has tried to send for a while stands still no more.
    private bool IsRecent(Standing standing) => time.GetElapsedTime(standing.Last) < options.StandstillAfter + options.SendLimit;

    /// <param name="Since">When the first of the same was given up.</param>
    /// <param name="Last">When the last one was.</param>
    private readonly record struct Standing(long Since, long Last);
}
