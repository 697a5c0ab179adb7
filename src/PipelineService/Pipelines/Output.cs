namespace PipelineService.Pipelines;

/// <summary>What an item yielded: a prompt, an image or a video.</summary>
public sealed class Output
{
    public long Id { get; set; }

    public required long TenantId { get; init; }

    public required long PipelineId { get; init; }

    public required long StepId { get; init; }

    /// <summary>Null for a prompt added in review.</summary>
    public long? ItemId { get; init; }

    /// <summary>Position in the step: the item's ordinal × outputs an item + position in the item.</summary>
    public required long Ordinal { get; init; }

    public long? ParentOutputId { get; init; }

    /// <summary>prompt, image or video.</summary>
    public required string Type { get; init; }

    public string? Text { get; set; }

    public long? AssetId { get; init; }

    /// <summary>The input image it belongs to; null means any.</summary>
    public int? ImageIndex { get; init; }

    public int? PromptIndex { get; init; }

    /// <summary>Picked to go on.</summary>
    public bool Selected { get; set; } = true;

    public Verdict Verdict { get; set; }

    /// <summary>1..5, or null.</summary>
    public int? Rating { get; set; }

    /// <summary>Version of its step with which a person last changed it; 0 when nobody did.</summary>
    public int ReviewVersion { get; set; }

    /// <summary>Who that was, as the workspace calls them; null when nobody did, or nobody knows.</summary>
    public string? JudgedBy { get; set; }

    /// <summary>Its item has been made anew, so that it is not done once more with the rest of the rejected ones.</summary>
    public bool Redone { get; set; }

    /// <summary>Its follow-up items exist, or none are wanted.</summary>
    public bool Advanced { get; set; }

    public string? Model { get; init; }

    /// <summary>The prompt that made it.</summary>
    public string? Prompt { get; init; }

    public IReadOnlyDictionary<string, string>? Variation { get; init; }

    public long? Seed { get; init; }

    public decimal Cost { get; init; }

    public string? Provider { get; init; }

    public bool Simulated { get; init; }

    /// <summary>Key of the request that made it: an identical one may take it. Null for prompts.</summary>
    public byte[]? ReuseKey { get; init; }

    /// <summary>It is the result of an identical earlier item, at no cost.</summary>
    public bool Reused { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
