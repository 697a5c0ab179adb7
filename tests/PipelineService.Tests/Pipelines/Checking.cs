using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PipelineService.Pipelines;
using PipelineService.Pipelines.Drafts;
using Providers;
using Providers.Catalog;
using Providers.Keys;
using Providers.Selection;
using ServiceDefaults;

namespace PipelineService.Tests.Pipelines;

/// <summary>Checks requests as the service does, without a server. Everything is made by the demo renderer, but for what is named.</summary>
internal static class Checking
{
    public static CheckedRequest Check(string json, PipelineLimits? limits = null, params (string Model, string Provider)[] served)
    {
        var providers = new ProvidersOptions();
        foreach (var (model, provider) in served)
        {
            providers.Models[model] = provider;
        }

        var catalog = ModelCatalog.Embedded;
        var steps = new StepChecks(new ParameterResolver(catalog), catalog, new ProviderSelection(Options.Create(providers), catalog), new ProviderRegistry([new Named("local")]), Keys());
        return new DraftChecks(steps, Options.Create(limits ?? new PipelineLimits())).Check(1, JsonSerializer.Deserialize<PipelineRequest>(json, PipelineJson.Options)!);
    }

    public static Dictionary<string, string[]> Faults(string json, PipelineLimits? limits = null, params (string Model, string Provider)[] served) =>
        Check(json, limits, served).Faults.ToDictionary();

    /// <summary>A good request, with parts of it replaced.</summary>
    public static string Body(
        string steps = """{ "step_type": "prompt_enhance" }, { "step_type": "i2i" }, { "step_type": "i2v" }""",
        string images = """{ "asset_id": 1 }""", string prompts = "\"woman in red dress\"", string combine = "all", string more = "") =>
        $$"""{ "inputs": { "images": [{{images}}], "prompts": [{{prompts}}], "combine": "{{combine}}" }, "steps": [{{steps}}]{{(more.Length > 0 ? ", " + more : "")}} }""";

    public static string Step(string type, string config = "") => $$"""{ "step_type": "{{type}}", "config": { {{config}} } }""";

    private static WorkspaceKeys Keys()
    {
        var options = Options.Create(new KeysOptions());
        return new WorkspaceKeys(new NoKeyShelf(), new KeySeal(options, TimeProvider.System), options, TimeProvider.System, NullLogger<WorkspaceKeys>.Instance);
    }

    private sealed class Named(string name) : IProvider
    {
        public string Name => name;

        public Resubmit Resubmit => Resubmit.Safe;

        public bool Simulated => true;

        public bool Serves(GenerationKind kind, string? model) => true;

        public Task<ProviderResult> SubmitAsync(GenerationRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ProviderResult> PollAsync(string handle, GenerationRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task CancelAsync(string handle, long tenantId, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
