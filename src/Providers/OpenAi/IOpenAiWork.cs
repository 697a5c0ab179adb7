namespace Providers.OpenAi;

/// <summary>One thing that OpenAI does: every kind of request has its own calls there, and all of them go by one provider's name.</summary>
internal interface IOpenAiWork
{
    /// <summary>As <see cref="IProvider.Edition"/>.</summary>
    string Edition => "";

    bool Serves(GenerationKind kind, string? model);

    /// <summary>As <see cref="IProvider.SubmitAsync"/>; only called with what it serves.</summary>
    Task<ProviderResult> SubmitAsync(GenerationRequest request, CancellationToken cancellationToken);
}
