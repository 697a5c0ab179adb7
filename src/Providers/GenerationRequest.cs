using Contracts.Generation;

namespace Providers;

/// <summary>What a provider is asked for.</summary>
/// <param name="RequestKey">The same key asks for the same result.</param>
public abstract record GenerationRequest(long TenantId, string RequestKey, long Seed)
{
    public abstract GenerationKind Kind { get; }

    public abstract string? Model { get; }

    /// <summary>Lower-case hex of the source picture's content; null when it is not known.</summary>
    public string? SourceSha256 { get; init; }
}

/// <param name="SourcePath">A readable local copy of the source picture.</param>
public sealed record ImageRequest(
    long TenantId, string RequestKey, long Seed, GenerationParameters Parameters, string Prompt,
    IReadOnlyDictionary<string, string> Variation, string SourcePath, string SourceContentType)
    : GenerationRequest(TenantId, RequestKey, Seed)
{
    public override GenerationKind Kind => GenerationKind.Image;

    public override string Model => Parameters.Model;
}

/// <param name="SourcePath">A readable local copy of the first frame.</param>
public sealed record VideoRequest(
    long TenantId, string RequestKey, long Seed, GenerationParameters Parameters, string Prompt, string SourcePath, string SourceContentType)
    : GenerationRequest(TenantId, RequestKey, Seed)
{
    public override GenerationKind Kind => GenerationKind.Video;

    public override string Model => Parameters.Model;
}

/// <param name="ImagePath">A local copy of the picture the prompts are for; null when they are for none.</param>
public sealed record PromptsRequest(
    long TenantId, string RequestKey, long Seed, string Prompt, int Count, string TargetType, string? TargetModel, int? MaxChars,
    IReadOnlyList<string> StyleHints, string? ThemeFocus, string? ImagePath)
    : GenerationRequest(TenantId, RequestKey, Seed)
{
    public override GenerationKind Kind => GenerationKind.Prompts;

    public override string? Model => null;
}
