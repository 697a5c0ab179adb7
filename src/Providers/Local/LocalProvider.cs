using Microsoft.Extensions.Options;
using Providers.Catalog;
using Providers.Local.Images;
using Providers.Local.Prompts;
using Providers.Local.Videos;

namespace Providers.Local;

/// <summary>The demo renderer: makes real files on this machine, at no cost, for every model of the catalog.</summary>
internal sealed class LocalProvider(ModelCatalog catalog, LocalImages images, LocalVideos videos, IOptions<LocalOptions> options, TimeProvider time) : IProvider
{
    public string Name => ProviderNames.Local;

    public Resubmit Resubmit => Resubmit.Safe;

    public bool Simulated => true;

    /// <summary>A few wait beside those that are being rendered, so that the renderer never does.</summary>
    public int Concurrency => 4 * options.Value.Renderings;

    public bool Serves(GenerationKind kind, string? model) =>
        kind == GenerationKind.Prompts || (model is not null && catalog.Find(model)?.Kind == kind);

    public async Task<ProviderResult> SubmitAsync(GenerationRequest request, CancellationToken cancellationToken)
    {
        if (options.Value.Latency > TimeSpan.Zero)
        {
            await Task.Delay(options.Value.Latency, time, cancellationToken);
        }

        return request switch
        {
            ImageRequest image => await images.RenderAsync(image, cancellationToken),
            VideoRequest video => await videos.RenderAsync(video, cancellationToken),
            PromptsRequest prompts => new ProviderResult.Finished([.. LocalPrompts.Write(prompts).Select(text => new Produced(text, null, null, null, prompts.Seed))]),
            _ => throw new NotSupportedException($"The demo renderer does not know {request.GetType().Name}."),
        };
    }

    public Task<ProviderResult> PollAsync(string handle, GenerationRequest request, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The demo renderer finishes what it is asked for at once.");

    public Task CancelAsync(string handle, long tenantId, CancellationToken cancellationToken) => Task.CompletedTask;
}
