namespace Contracts.Generation;

/// <summary>Asks ImageWorker for images. Sent by the dispatcher; 1..64 items, each succeeds or fails alone.</summary>
public sealed record GenerateImages(IReadOnlyList<ImageTask> Items);

/// <summary>One image item: one picture made from one source and one prompt.</summary>
/// <param name="Provider">Name of the provider that serves the model now, for example <c>local</c> or <c>fal</c>.</param>
/// <param name="Variation">Set-mode choices, for example <c>angles → side</c>; empty outside set mode.</param>
public sealed record ImageTask(
    ItemRef Item,
    string RequestKey,
    string Provider,
    GenerationParameters Parameters,
    string Prompt,
    IReadOnlyDictionary<string, string> Variation,
    long Seed,
    MediaRef Source);
