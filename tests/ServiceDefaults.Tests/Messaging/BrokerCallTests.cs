using ServiceDefaults.Messaging;
using Xunit;

namespace ServiceDefaults.Tests.Messaging;

/// <summary>A send that takes too long counts as failed, but goes on.</summary>
public sealed class BrokerCallTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);
    private readonly TaskCompletionSource _send = new();

    [Fact]
    public async Task What_is_confirmed_in_time_is_sent()
    {
        var call = _send.Task.WithinAsync(Long, TimeProvider.System, CancellationToken.None);
        _send.SetResult();
        await call;
    }

    [Fact]
    public async Task What_takes_too_long_has_failed_for_its_sender_alone()
    {
        var failure = await Assert.ThrowsAsync<TimeoutException>(() => _send.Task.WithinAsync(Short, TimeProvider.System, CancellationToken.None));

        Assert.Equal("The broker has not confirmed a message within 0 s.", failure.Message);
        Assert.False(_send.Task.IsCompleted);
    }

    [Fact]
    public async Task Its_own_failure_is_told()
    {
        _send.SetException(new TimeoutException("The broker is away."));

        Assert.Equal("The broker is away.", (await Assert.ThrowsAsync<TimeoutException>(() => _send.Task.WithinAsync(Long, TimeProvider.System, CancellationToken.None))).Message);
    }

    [Fact]
    public async Task Who_stops_waits_no_longer()
    {
        using var stop = new CancellationTokenSource();
        var call = _send.Task.WithinAsync(Long, TimeProvider.System, stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }
}
