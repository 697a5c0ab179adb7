using Contracts.Generation;
using Providers.Catalog;

namespace Providers.Local;

/// <summary>The demo renderer: makes real files on this machine, at no cost, for every model of the catalog.</summary>
internal sealed class LocalProvider(ModelCatalog catalog) : IProvider
{
    public string Name => ProviderNames.Local;

    public Resubmit Resubmit => Resubmit.Safe;

    public bool Simulated => true;

    public bool Serves(GenerationKind kind, string? model) =>
        kind == GenerationKind.Prompts || (model is not null && catalog.Find(model)?.Kind == kind);

    public Task<ProviderResult> SubmitAsync(GenerationRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<ProviderResult>(new ProviderResult.Failed(new ItemFailure(FailureKind.Internal, "The demo renderer is not ready yet.")));

    public Task<ProviderResult> PollAsync(string handle, GenerationRequest request, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The demo renderer finishes what it is asked for at once.");

    public Task CancelAsync(string handle, CancellationToken cancellationToken) => Task.CompletedTask;
}
