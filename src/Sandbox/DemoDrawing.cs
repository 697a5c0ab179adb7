using Contracts.Generation;
using Microsoft.Extensions.Options;
using Providers;
using Providers.Catalog;

namespace Sandbox;

/// <summary>What stands in for every model: the demo renderer.</summary>
internal sealed class DemoDrawing(ProviderRegistry providers, IOptions<SandboxOptions> options)
{
    private static readonly IReadOnlyDictionary<string, string> NoVariation = new Dictionary<string, string>();

    /// <param name="source">A readable file.</param>
    public async Task<Drawing> DrawAsync(ModelInfo model, GenerationParameters asked, string id, long seed, string prompt, string source, CancellationToken cancellationToken)
    {
        GenerationRequest request = model.Kind == GenerationKind.Video
            ? new VideoRequest(0, id, seed, asked, prompt, source, "image/png")
            : new ImageRequest(0, id, seed, asked, prompt, NoVariation, source, "image/png");
        return await providers.Find(options.Value.Renderer)!.SubmitAsync(request, cancellationToken) switch
        {
            ProviderResult.Finished { Outputs: [{ FilePath: { } path } output, ..] } => new Drawing(output.Owned ? output : Copy(output, path), false),
            ProviderResult.Failed { Failure.Kind: FailureKind.SourceMissing } => new Drawing(null, true),
            _ => new Drawing(null, false),
        };
    }

    private static Produced Copy(Produced output, string path)
    {
        var own = Path.Combine(Path.GetTempPath(), $"pipeline-sandbox-{Guid.NewGuid():N}");
        File.Copy(path, own);
        return output with { FilePath = own, PosterPath = null, Owned = true };
    }

    /// <summary>For who names no seed: another one for every request.</summary>
    public static long Seed(Guid id) => Math.Abs((long)BitConverter.ToInt32(id.ToByteArray(), 0));
}

/// <param name="Output">A file of the caller's; null when there is none.</param>
/// <param name="SourceUnreadable">Why there is none.</param>
internal sealed record Drawing(Produced? Output, bool SourceUnreadable);
