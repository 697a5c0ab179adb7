using Contracts.Generation;
using Media.Storage;
using Providers;

namespace Jobs;

/// <summary>Moves what a provider made into the object store, and deletes its temporary files.</summary>
public sealed class ResultFiles(MediaStoring storing)
{
    /// <summary>The stored outputs, or why they cannot be taken.</summary>
    public async Task<(IReadOnlyList<ProducedOutput> Outputs, ItemFailure? Damage)> StoreAsync(
        long tenantId, string lane, IReadOnlyList<Produced> made, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(made);
        var outputs = new List<ProducedOutput>(made.Count);
        try
        {
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
        }
        finally
        {
            foreach (var output in made)
            {
                output.DeleteFiles();
            }
        }

        return outputs.Count > 0 ? (outputs, null) : ([], new ItemFailure(FailureKind.BadResponse, "The provider answered without a result."));
    }
}
