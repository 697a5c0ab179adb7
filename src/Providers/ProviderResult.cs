using Contracts.Generation;

namespace Providers;

/// <summary>What came of a submit or a poll.</summary>
public abstract record ProviderResult
{
    private ProviderResult()
    {
    }

    /// <summary>Accepted; ask again with the handle.</summary>
    public sealed record Submitted(string Handle) : ProviderResult;

    /// <summary>Still waiting (<paramref name="QueuePosition"/> known) or being worked on.</summary>
    public sealed record Pending(bool Running, int? QueuePosition = null) : ProviderResult;

    /// <summary>Done. The caller owns the files and deletes them (<see cref="Produced.DeleteFiles"/>).</summary>
    /// <param name="ReportedCost">US dollars as billed; null when the provider reports none.</param>
    /// <param name="RequestId">The provider's own id, for support.</param>
    public sealed record Finished(IReadOnlyList<Produced> Outputs, decimal? ReportedCost = null, string? RequestId = null, bool Cached = false) : ProviderResult
    {
        /// <summary>What the vendor counted, in the unit of the model's price: images, seconds or clips. Null when it says nothing.</summary>
        public decimal? BilledUnits { get; init; }
    }

    public sealed record Failed(ItemFailure Failure, string? RequestId = null) : ProviderResult;
}

/// <summary>One output as the provider left it: a text or a temporary file.</summary>
/// <param name="FilePath">A temporary file that the caller stores and deletes, unless <see cref="Owned"/> is false.</param>
/// <param name="PosterPath">A video's poster frame as a temporary JPEG; null when the provider made none.</param>
public sealed record Produced(string? Text, string? FilePath, string? ContentType, string? PosterPath, long? Seed)
{
    /// <summary>Who made it, where that is not the one that was asked: prompts that the demo writer made in place of unusable ones.</summary>
    public string? By { get; init; }

    /// <summary>False when the files are shared and must be left where they are.</summary>
    public bool Owned { get; init; } = true;

    /// <summary>Deletes the files when they are the caller's to delete.</summary>
    public void DeleteFiles()
    {
        if (Owned && FilePath is not null)
        {
            File.Delete(FilePath);
        }

        if (Owned && PosterPath is not null)
        {
            File.Delete(PosterPath);
        }
    }
}
