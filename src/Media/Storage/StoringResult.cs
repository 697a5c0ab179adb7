using Contracts.Generation;

namespace Media.Storage;

/// <summary>What became of a file to store.</summary>
public abstract record StoringResult
{
    private StoringResult()
    {
    }

    public sealed record Stored(MediaRef Media) : StoringResult;

    /// <param name="Reason">A sentence for people.</param>
    public sealed record Refused(string Reason) : StoringResult;
}
