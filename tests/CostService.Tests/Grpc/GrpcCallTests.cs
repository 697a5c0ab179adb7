using System.Diagnostics;
using System.Net;
using Contracts.Costs.Grpc;
using ServiceDefaults.Grpc;
using Xunit;

namespace CostService.Tests.Grpc;

public sealed class GrpcCallTests
{
    [Fact]
    public async Task A_call_carries_its_request_and_its_answer()
    {
        await using var host = await GrpcHost.StartAsync((request, _) => Reply($"{request.TenantId}/{request.PipelineId}"));

        var reply = await host.CallAsync(new PipelineSpendRequest { TenantId = 3, PipelineId = 7 });

        Assert.Equal("3/7", reply.Held);
    }

    [Fact]
    public async Task An_empty_message_is_a_message()
    {
        await using var host = await GrpcHost.StartAsync((_, _) => Task.FromResult(new PipelineSpendReply()));

        Assert.Equal(string.Empty, (await host.CallAsync(new PipelineSpendRequest())).Held);
    }

    [Fact]
    public async Task A_status_reaches_the_caller_with_its_text()
    {
        await using var host = await GrpcHost.StartAsync((_, _) => throw new GrpcException(StatusCode.InvalidArgument, "holds: 50% — ünïcode\nline two"));

        var exception = await Assert.ThrowsAsync<GrpcException>(() => host.CallAsync(new PipelineSpendRequest()));

        Assert.Equal(StatusCode.InvalidArgument, exception.Code);
        Assert.Equal("holds: 50% — ünïcode\nline two", exception.Detail);
    }

    [Fact]
    public async Task A_fault_of_the_server_tells_nothing_of_its_inside()
    {
        await using var host = await GrpcHost.StartAsync((_, _) => throw new InvalidOperationException("password=hunter2"));

        var exception = await Assert.ThrowsAsync<GrpcException>(() => host.CallAsync(new PipelineSpendRequest()));

        Assert.Equal(StatusCode.Internal, exception.Code);
        Assert.DoesNotContain("hunter2", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deadline_ends_the_call_on_both_sides()
    {
        var cancelled = new TaskCompletionSource();
        await using var host = await GrpcHost.StartAsync(async (_, cancellationToken) =>
        {
            await using var registration = cancellationToken.Register(cancelled.SetResult);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return new PipelineSpendReply();
        });

        var exception = await Assert.ThrowsAsync<GrpcException>(() => host.CallAsync(new PipelineSpendRequest(), TimeSpan.FromMilliseconds(150)));

        Assert.Equal(StatusCode.DeadlineExceeded, exception.Code);
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_large_message_passes_and_one_past_the_limit_is_refused()
    {
        await using var host = await GrpcHost.StartAsync((_, _) => Task.FromResult(new PipelineSpendReply { Held = new string('x', 3 << 20) }));
        Assert.Equal(3 << 20, (await host.CallAsync(new PipelineSpendRequest())).Held.Length);

        var large = Oversized(CostMethods.GetPipelineSpend, GrpcServer.MaxRequestBytes + 1);
        var exception = await Assert.ThrowsAsync<GrpcException>(() => host.Channel(host.Grpc).CallAsync(large.Method, large.Request, TimeSpan.FromSeconds(10), CancellationToken.None));

        Assert.Equal(StatusCode.ResourceExhausted, exception.Code);
        Assert.Equal(3 << 20, (await host.CallAsync(new PipelineSpendRequest())).Held.Length);
    }

    [Fact]
    public async Task A_large_request_is_read_whole()
    {
        await using var host = await GrpcHost.StartAsync((request, _) => Reply($"{request.CalculateSize()}"));
        var large = Oversized(CostMethods.GetPipelineSpend, 3 << 20);

        var reply = await host.Channel(host.Grpc).CallAsync(large.Method, large.Request, TimeSpan.FromSeconds(10), CancellationToken.None);

        Assert.Equal($"{large.Request.CalculateSize()}", reply.Held);
    }

    [Fact]
    public async Task A_method_that_does_not_exist_is_unimplemented()
    {
        await using var host = await GrpcHost.StartAsync((_, _) => Reply("never"));

        var exception = await Assert.ThrowsAsync<GrpcException>(() =>
            host.Channel(host.Grpc).CallAsync(CostMethods.Release, new ReleaseRequest(), TimeSpan.FromSeconds(10), CancellationToken.None));

        Assert.Equal(StatusCode.Unimplemented, exception.Code);
    }

    [Fact]
    public async Task An_unreachable_server_is_tried_until_the_deadline_and_then_unavailable()
    {
        using var channel = new GrpcChannel(new Uri($"http://127.0.0.1:{GrpcHost.FreePorts().First}"), TimeProvider.System);

        var exception = await Assert.ThrowsAsync<GrpcException>(() =>
            channel.CallAsync(CostMethods.GetPipelineSpend, new PipelineSpendRequest(), TimeSpan.FromSeconds(2), CancellationToken.None));

        Assert.Equal(StatusCode.Unavailable, exception.Code);
    }

    [Fact]
    public async Task A_caller_that_cancels_sees_its_own_cancellation()
    {
        await using var host = await GrpcHost.StartAsync(async (_, cancellationToken) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return new PipelineSpendReply();
        });
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            host.Channel(host.Grpc).CallAsync(CostMethods.GetPipelineSpend, new PipelineSpendRequest(), TimeSpan.FromSeconds(30), cancel.Token));
    }

    [Fact]
    public async Task The_http_address_stays_and_serves_no_grpc()
    {
        await using var host = await GrpcHost.StartAsync((_, _) => Reply("never"));
        using var http = new HttpClient();

        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(host.Http, "/healthz"))).StatusCode);
        using var content = new ByteArrayContent([0, 0, 0, 0, 0]);
        content.Headers.ContentType = new("application/grpc");
        var answer = await http.PostAsync(new Uri(host.Http, CostMethods.GetPipelineSpend.Path), content);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Fact]
    public async Task The_trace_of_the_caller_goes_on_in_the_server()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "System.Net.Http" or "Microsoft.AspNetCore" or "test",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        await using var host = await GrpcHost.StartAsync((_, _) => Reply(Activity.Current!.TraceId.ToHexString()));
        using var source = new ActivitySource("test");
        using var activity = source.StartActivity("caller")!;

        Assert.Equal(activity.TraceId.ToHexString(), (await host.CallAsync(new PipelineSpendRequest())).Held);
    }

    private static Task<PipelineSpendReply> Reply(string held) => Task.FromResult(new PipelineSpendReply { Held = held });

    // A field the server does not know still has to be read: the request is larger than it declares.
    private static (GrpcMethod<ReleaseRequest, PipelineSpendReply> Method, ReleaseRequest Request) Oversized(
        GrpcMethod<PipelineSpendRequest, PipelineSpendReply> method, int bytes)
    {
        var request = new ReleaseRequest();
        request.Holds.Add(new Hold { Amount = new string('9', bytes) });
        return (new(method.Service, method.Name, ReleaseRequest.Parser, method.Response), request);
    }
}
