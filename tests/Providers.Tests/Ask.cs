using Contracts.Generation;

namespace Providers.Tests;

/// <summary>Requests with everything filled in but what a test is about.</summary>
internal static class Ask
{
    public static readonly IReadOnlyDictionary<string, string> NoVariation = new Dictionary<string, string>();

    public static ImageRequest Image(
        string source, string prompt = "portrait", long seed = 1, string? ratio = null, string? resolution = "0.5K", (string Kind, string Option)? variation = null,
        string key = "image-1") => new(
            7, key, seed, new GenerationParameters("nano-banana-2", AspectRatio: ratio, Resolution: resolution), prompt,
            variation is { } chosen ? new Dictionary<string, string> { [chosen.Kind] = chosen.Option } : NoVariation, source, "image/png");

    public static VideoRequest Video(
        string source, string prompt = "slow push-in", long seed = 1, string? ratio = "source", string? resolution = "360p", int? seconds = 1, bool audio = false,
        string key = "video-1") => new(
            7, key, seed, new GenerationParameters("wan", AspectRatio: ratio, Resolution: resolution, DurationSec: seconds, Audio: audio), prompt, source, "image/png");

    public static PromptsRequest Prompts(
        string prompt = "woman in red dress", int count = 5, string target = StepTypes.ImageToImage, string? model = "kling-image", int? maxChars = null,
        string? focus = null, long seed = 1, params string[] hints) => new(7, "prompts-1", seed, prompt, count, target, model, maxChars, hints, focus, null);

    public static async Task<Produced> OneAsync(IProvider provider, GenerationRequest request)
    {
        var result = await provider.SubmitAsync(request, CancellationToken.None);
        return Assert.Single(Assert.IsType<ProviderResult.Finished>(result).Outputs);
    }

    public static async Task<IReadOnlyList<string>> TextsAsync(IProvider provider, PromptsRequest request)
    {
        var result = await provider.SubmitAsync(request, CancellationToken.None);
        return [.. Assert.IsType<ProviderResult.Finished>(result).Outputs.Select(output => output.Text!)];
    }

    public static async Task<ItemFailure> FailureAsync(IProvider provider, GenerationRequest request)
    {
        var result = await provider.SubmitAsync(request, CancellationToken.None);
        return Assert.IsType<ProviderResult.Failed>(result).Failure;
    }
}
