namespace Contracts.Generation;

/// <summary>Asks EnhancerService for sets of prompts. Sent by the dispatcher; 1..64 items, each succeeds or fails alone.</summary>
public sealed record EnhancePrompts(IReadOnlyList<EnhanceTask> Items);

/// <summary>One prompt item: N distinct prompts from one input, optionally for one picture.</summary>
/// <param name="RequestKey">Stable for the item and attempt; the same key asks for the same result.</param>
/// <param name="Provider">auto, anthropic, openai or local.</param>
/// <param name="Count">How many distinct prompts, 1..20.</param>
/// <param name="TargetType">i2i or i2v.</param>
/// <param name="TargetModel">Catalog id of the generator that will use them; null when unknown.</param>
/// <param name="MaxChars">Longest prompt the target takes; null when it states none.</param>
/// <param name="ThemeFocus">outfits, poses, expressions, lighting or null.</param>
/// <param name="Image">The picture the prompts are for; null in shared scope.</param>
public sealed record EnhanceTask(
    ItemRef Item,
    string RequestKey,
    string Provider,
    string Prompt,
    int Count,
    string TargetType,
    string? TargetModel,
    int? MaxChars,
    IReadOnlyList<string> StyleHints,
    string? ThemeFocus,
    long Seed,
    MediaRef? Image);
