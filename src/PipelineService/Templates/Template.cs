using System.Text.Json;
using PipelineService.Pipelines;

namespace PipelineService.Templates;

/// <summary>A configuration that is kept to be used again. Templates that come with the product have no row.</summary>
public sealed class Template
{
    /// <summary>Ids of workspaces' own templates begin here; those of built-in ones are below.</summary>
    public const long FirstOwnId = 1000;

    public long Id { get; init; }

    public required long TenantId { get; init; }

    public required string Name { get; set; }

    public string? Description { get; set; }

    public required TemplateContent Content { get; set; }

    public int Version { get; set; } = 1;

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }
}

/// <param name="Pipelines">What a use of it creates; one for each branch.</param>
/// <param name="Graph">How the builder draws it; the server keeps it as it is.</param>
public sealed record TemplateContent(IReadOnlyList<PipelineRequest> Pipelines, JsonElement? Graph);
