using Microsoft.Extensions.Options;
using Providers.Prompts;

namespace Providers.Anthropic;

/// <summary>Prompts by Claude.</summary>
internal sealed class AnthropicProvider(AnthropicText model, PromptWriter writer, IOptions<AnthropicOptions> options) : IProvider
{
    public string Name => ProviderNames.Anthropic;

    public Resubmit Resubmit => Resubmit.Safe;

    public bool Simulated => false;

    public bool SetUp => options.Value.IsSetUp;

    public string Edition => $"{model.Model}/{PromptTemplate.Version}";

    public bool Serves(GenerationKind kind, string? _) => kind == GenerationKind.Prompts;

    public Task<ProviderResult> SubmitAsync(GenerationRequest request, CancellationToken cancellationToken) => request is PromptsRequest prompts
        ? writer.WriteAsync(model, prompts, cancellationToken)
        : throw new NotSupportedException($"Anthropic is not asked for {request.Kind}.");

    public Task<ProviderResult> PollAsync(string handle, GenerationRequest request, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Anthropic answers at once.");

    public Task CancelAsync(string handle, long tenantId, CancellationToken cancellationToken) => Task.CompletedTask;
}
