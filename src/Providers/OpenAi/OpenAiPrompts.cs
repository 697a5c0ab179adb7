using Providers.Prompts;

namespace Providers.OpenAi;

/// <summary>Prompts by OpenAI's chat, or by an endpoint that speaks it. Asking again is harmless here.</summary>
internal sealed class OpenAiPrompts(OpenAiText model, PromptWriter writer) : IOpenAiWork
{
    public string Edition => $"{model.Model}/{PromptTemplate.Version}";

    public bool Serves(GenerationKind kind, string? model) => kind == GenerationKind.Prompts;

    public Task<ProviderResult> SubmitAsync(GenerationRequest request, CancellationToken cancellationToken) => writer.WriteAsync(model, (PromptsRequest)request, cancellationToken);
}
