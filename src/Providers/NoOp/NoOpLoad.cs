using Contracts.Generation;

namespace Providers.NoOp;

/// <summary>What the no-op provider bears: so many requests at once, and none while it is out.</summary>
internal sealed class NoOpLoad(NoOpOptions options)
{
    private int _underWay;

    /// <summary>Begins a request; a failure when it is refused. Who gets none has to call <see cref="End"/>.</summary>
    public ItemFailure? Begin()
    {
        if (options.OutagePath is { } path && File.Exists(path))
        {
            return new ItemFailure(FailureKind.ProviderDown, "The no-op provider was told to be out.");
        }

        if (Interlocked.Increment(ref _underWay) > options.MaxConcurrency)
        {
            End();
            return new ItemFailure(FailureKind.RateLimited, "The no-op provider was told to take no more at once.", options.RetryAfter);
        }

        return null;
    }

    public void End() => Interlocked.Decrement(ref _underWay);
}
