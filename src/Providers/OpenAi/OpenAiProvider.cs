using Contracts.Generation;
using Microsoft.Extensions.Options;

namespace Providers.OpenAi;

/// <summary>OpenAI answers a request with its result, after a minute or more. It knows no idempotency key, so an answer that is lost or late may have been bought.</summary>
internal sealed class OpenAiProvider(IEnumerable<IOpenAiWork> works, IOptions<OpenAiOptions> options, IOptions<OpenAiPromptOptions> prompts) : IProvider
{
    private readonly IOpenAiWork[] _works = [.. works];

    public string Name => ProviderNames.OpenAi;

    public Resubmit Resubmit => Resubmit.Never;

    public bool Simulated => false;

    public bool SetUp => options.Value.IsSetUp || prompts.Value.BaseUrl is not null;

    public string Edition => string.Concat(_works.Select(work => work.Edition));

    public bool Serves(GenerationKind kind, string? model) => _works.Any(work => work.Serves(kind, model));

    public async Task<ProviderResult> SubmitAsync(GenerationRequest request, CancellationToken cancellationToken) =>
        _works.FirstOrDefault(work => work.Serves(request.Kind, request.Model)) is { } work
            ? await work.SubmitAsync(request, cancellationToken)
            : new ProviderResult.Failed(new ItemFailure(FailureKind.InvalidRequest, $"How OpenAI is asked for {request.Model ?? "prompts"} is not known. Choose another model."));

    public Task<ProviderResult> PollAsync(string handle, GenerationRequest request, CancellationToken cancellationToken) =>
        throw new NotSupportedException("OpenAI finishes what it is asked for at once.");

    public Task CancelAsync(string handle, long tenantId, CancellationToken cancellationToken) => Task.CompletedTask;
}
