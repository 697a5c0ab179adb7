using Contracts.Generation;
using Media.Storage;
using Providers;

namespace Jobs;

/// <summary>Moves what a provider made into the object store, and deletes its temporary files.</summary>
public sealed class ResultFiles(MediaStoring storing, TimeProvider time)
{
    private const int Tries = 5;
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);

    /// <summary>The stored outputs, or why they cannot be taken. A store that fails is tried again for some seconds, because what was made is paid for.</summary>
    /// <exception cref="IOException">The store fails for longer.</exception>
    public async Task<(IReadOnlyList<ProducedOutput> Outputs, ItemFailure? Damage)> StoreAsync(
        long tenantId, string lane, IReadOnlyList<Produced> made, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(made);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await StoreAllAsync(tenantId, lane, made, cancellationToken);
                }
                catch (IOException) when (attempt < Tries)
                {
                    await Task.Delay(FirstWait * (1 << attempt), time, cancellationToken);
                }
            }
        }
        finally
        {
            foreach (var output in made)
            {
                output.DeleteFiles();
            }
        }
    }

    private async Task<(IReadOnlyList<ProducedOutput> Outputs, ItemFailure? Damage)> StoreAllAsync(
        long tenantId, string lane, IReadOnlyList<Produced> made, CancellationToken cancellationToken)
    {
        var outputs = new List<ProducedOutput>(made.Count);
        foreach (var output in made)
        {
            if (output.FilePath is null)
            {
                outputs.Add(new ProducedOutput(output.Text, null, output.Seed));
                continue;
            }

            var stored = lane == Lanes.Video
                ? await storing.StoreVideoAsync(tenantId, output.FilePath, output.PosterPath, cancellationToken)
                : await storing.StoreImageAsync(tenantId, output.FilePath, cancellationToken);
            switch (stored)
            {
                case StoringResult.Stored file:
                    outputs.Add(new ProducedOutput(null, file.Media, output.Seed));
                    break;
                case StoringResult.Refused refused:
                    return ([], new ItemFailure(FailureKind.BadResponse, "The provider's file cannot be used: " + refused.Reason));
            }
        }

        return outputs.Count > 0 ? (outputs, null) : ([], new ItemFailure(FailureKind.BadResponse, "The provider answered without a result."));
    }
}
