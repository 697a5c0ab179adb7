using System.Text.Json;
using Contracts.Generation;
using Providers;
using Providers.Keys;
using Providers.Traffic;
using ServiceDefaults;

namespace Jobs;

/// <summary>One item of a command, whatever its lane.</summary>
/// <param name="Json">The task as it came, so that another process can go on with it.</param>
/// <param name="Request">The provider's request, given a readable local copy of the source.</param>
public sealed record WorkItem(ItemRef Ref, string Lane, string Provider, string RequestKey, MediaRef Source, string Json, Func<string, GenerationRequest> Request)
{
    /// <summary>Catalog id.</summary>
    public string? Model { get; init; }

    /// <summary>Whom it asks for what, and whose limits hold then.</summary>
    public RouteKey Route(WorkspaceKeys keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return keys.Route(Ref.TenantId, Provider, Model);
    }

    public (long ItemId, int Attempt) Key => (Ref.ItemId, Ref.Attempt);

    public static WorkItem From(ImageTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return new WorkItem(
            task.Item, Lanes.Image, task.Provider, task.RequestKey, task.Source, JsonSerializer.Serialize(task, PipelineJson.Options),
            path => new ImageRequest(task.Item.TenantId, task.RequestKey, task.Seed, task.Parameters, task.Prompt, task.Variation, path, task.Source.ContentType) { SourceSha256 = task.Source.Sha256 })
        { Model = task.Parameters.Model };
    }

    public static WorkItem From(VideoTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return new WorkItem(
            task.Item, Lanes.Video, task.Provider, task.RequestKey, task.Source, JsonSerializer.Serialize(task, PipelineJson.Options),
            path => new VideoRequest(task.Item.TenantId, task.RequestKey, task.Seed, task.Parameters, task.Prompt, path, task.Source.ContentType) { SourceSha256 = task.Source.Sha256 })
        { Model = task.Parameters.Model };
    }

    /// <summary>Out of a stored job.</summary>
    public static WorkItem Read(string lane, string json) => lane switch
    {
        Lanes.Image => From(JsonSerializer.Deserialize<ImageTask>(json, PipelineJson.Options)!),
        Lanes.Video => From(JsonSerializer.Deserialize<VideoTask>(json, PipelineJson.Options)!),
        _ => throw new ArgumentOutOfRangeException(nameof(lane), lane, "Not a lane with provider jobs."),
    };
}
