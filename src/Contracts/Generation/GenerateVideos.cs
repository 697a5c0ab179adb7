namespace Contracts.Generation;

/// <summary>Asks VideoWorker for videos. Sent by the dispatcher; 1..64 items, each succeeds or fails alone.</summary>
public sealed record GenerateVideos(IReadOnlyList<VideoTask> Items);

/// <summary>One video item: one clip made from one image and one motion prompt.</summary>
/// <param name="Provider">Name of the provider that serves the model now.</param>
public sealed record VideoTask(
    ItemRef Item,
    string RequestKey,
    string Provider,
    GenerationParameters Parameters,
    string Prompt,
    long Seed,
    MediaRef Source);
