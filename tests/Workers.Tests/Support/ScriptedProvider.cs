using System.Collections.Concurrent;
using Contracts.Generation;
using Providers;
using Testing.Studio;

namespace Workers.Tests.Support;

/// <summary>A provider that does what the test says, and remembers what it was asked.</summary>
public sealed class ScriptedProvider : IProvider
{
    private static readonly Lazy<Task<byte[]>> Picture = new(() => TestPictures.PhotoAsync(96, 64));
    private readonly ConcurrentQueue<string> _submits = new();
    private readonly ConcurrentQueue<string> _polls = new();
    private readonly ConcurrentQueue<string> _cancels = new();
    private int _running;
    private int _mostRunning;

    public string Name { get; init; } = "scripted";

    public Resubmit Resubmit { get; init; } = Resubmit.Never;

    public bool Simulated { get; set; } = true;

    public Func<GenerationRequest, CancellationToken, Task<ProviderResult>> OnSubmit { get; set; } = (_, _) => PictureAsync();

    public Func<string, GenerationRequest, CancellationToken, Task<ProviderResult>> OnPoll { get; set; } = (_, _, _) => PictureAsync();

    /// <summary>Request keys, in order.</summary>
    public IReadOnlyCollection<string> Submits => _submits;

    public IReadOnlyCollection<string> Polls => _polls;

    public IReadOnlyCollection<string> Cancels => _cancels;

    /// <summary>Submits that ran at once.</summary>
    public int MostRunning => _mostRunning;

    public int SubmitsOf(ItemRef item) => _submits.Count(key => key == KeyOf(item));

    public static string KeyOf(ItemRef item) => $"{item.TenantId}-{item.ItemId}-{item.Attempt}";

    /// <summary>A picture in a temporary file, as a vendor's adapter would leave it.</summary>
    public static async Task<ProviderResult> PictureAsync(string? requestId = null)
    {
        var path = Path.Combine(Path.GetTempPath(), $"scripted-{Guid.NewGuid():N}.jpg");
        await File.WriteAllBytesAsync(path, await Picture.Value);
        return new ProviderResult.Finished([new Produced(null, path, "image/jpeg", null, 7)], ReportedCost: 0.05m, RequestId: requestId);
    }

    /// <summary>Waits until it is told to stop.</summary>
    public static Task<ProviderResult> NeverAsync(CancellationToken cancellationToken) => new TaskCompletionSource<ProviderResult>().Task.WaitAsync(cancellationToken);

    public bool Serves(GenerationKind kind, string? model) => true;

    public async Task<ProviderResult> SubmitAsync(GenerationRequest request, CancellationToken cancellationToken)
    {
        _submits.Enqueue(request.RequestKey);
        var running = Interlocked.Increment(ref _running);
        InterlockedMax(running);
        try
        {
            return await OnSubmit(request, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    public Task<ProviderResult> PollAsync(string handle, GenerationRequest request, CancellationToken cancellationToken)
    {
        _polls.Enqueue(handle);
        return OnPoll(handle, request, cancellationToken);
    }

    public Task CancelAsync(string handle, long tenantId, CancellationToken cancellationToken)
    {
        _cancels.Enqueue(handle);
        return Task.CompletedTask;
    }

    private void InterlockedMax(int running)
    {
        int seen;
        while (running > (seen = _mostRunning) && Interlocked.CompareExchange(ref _mostRunning, running, seen) != seen)
        {
        }
    }
}
