using Contracts.Generation;
using Media.Storage;
using Microsoft.Extensions.DependencyInjection;
using PipelineService.Assets;
using PipelineService.Pipelines;

namespace PipelineService.Tests.Assets;

/// <summary>Rows as the engine writes them, for tests of what reads them.</summary>
internal static class Ledger
{
    public static async Task<Pipeline> AddPipelineAsync(
        LibraryHost host, long tenantId, PipelineStatus status = PipelineStatus.Completed, long[]? images = null, string[]? prompts = null, string name = "Launch")
    {
        var pipeline = new Pipeline
        {
            TenantId = tenantId,
            CorrelationId = Guid.NewGuid(),
            Name = name,
            Mode = PipelineMode.Auto,
            Status = status,
            Checkpoints = [],
            Tags = [],
            CreatedAt = TimeProvider.System.GetUtcNow(),
            UpdatedAt = TimeProvider.System.GetUtcNow(),
        };
        await host.WithDatabaseAsync(async db =>
        {
            db.Add(pipeline);
            await db.SaveChangesAsync();
            db.AddRange(new PipelineInputs([.. (images ?? []).Select(id => new InputImage(id))], prompts ?? []).Parts(tenantId, pipeline.Id));
            return await db.SaveChangesAsync();
        });
        return pipeline;
    }

    public static async Task<Step> AddStepAsync(LibraryHost host, Pipeline pipeline, string type, int order)
    {
        var step = new Step
        {
            TenantId = pipeline.TenantId,
            PipelineId = pipeline.Id,
            StepType = type,
            StepOrder = order,
            Config = new StepConfig(),
            CreatedAt = TimeProvider.System.GetUtcNow(),
        };
        await host.WithDatabaseAsync(db =>
        {
            db.Add(step);
            return db.SaveChangesAsync();
        });
        return step;
    }

    /// <summary>One item with one output, and its asset when there is media.</summary>
    public static Task<(Output Output, Asset? Asset)> AddOutputAsync(
        LibraryHost host, Step step, string prompt, MediaRef? media = null, Output? parent = null, long? source = null, string? text = null) =>
        host.WithDatabaseAsync(async db =>
        {
            var now = TimeProvider.System.GetUtcNow();
            var item = new Item
            {
                TenantId = step.TenantId,
                PipelineId = step.PipelineId,
                StepId = step.Id,
                Ordinal = 0,
                ParentOutputId = parent?.Id,
                Lane = "image:fal",
                Input = new ItemInput(prompt, null, null, null, null, 0, 7),
                SourceAssetId = source,
                QueuedAt = now,
            };
            db.Add(item);
            await db.SaveChangesAsync();
            var asset = media is null ? null : new Asset
            {
                TenantId = step.TenantId,
                Type = media.DurationSec is null ? "image" : "video",
                Source = "generated",
                Name = $"made-{item.Id}.{(media.DurationSec is null ? "png" : "mp4")}",
                ContentType = media.ContentType,
                Width = media.Width,
                Height = media.Height,
                DurationSec = media.DurationSec,
                Bytes = media.Bytes,
                Sha256 = media.Sha256,
                ObjectKey = media.ObjectKey,
                PosterKey = media.PosterKey,
                PipelineId = step.PipelineId,
                Model = "kling-image",
                Prompt = prompt,
                CreatedAt = now,
            };
            if (asset is not null)
            {
                db.Add(asset);
                await db.SaveChangesAsync();
            }

            var output = new Output
            {
                TenantId = step.TenantId,
                PipelineId = step.PipelineId,
                StepId = step.Id,
                ItemId = item.Id,
                Ordinal = 0,
                ParentOutputId = parent?.Id,
                Type = asset?.Type ?? "prompt",
                Text = text,
                AssetId = asset?.Id,
                Model = "kling-image",
                Prompt = prompt,
                Seed = 42,
                Cost = 0.028m,
                Provider = "fal",
                CreatedAt = now,
            };
            db.Add(output);
            await db.SaveChangesAsync();
            if (asset is not null)
            {
                asset.OutputId = output.Id;
                await db.SaveChangesAsync();
            }

            return (output, asset);
        });

    /// <summary>Stores bytes as a worker stores what a model made.</summary>
    public static async Task<MediaRef> StoreAsync(LibraryHost host, long tenantId, byte[] bytes, bool video = false)
    {
        var path = Path.Combine(Path.GetTempPath(), $"made-{Guid.NewGuid():N}");
        await File.WriteAllBytesAsync(path, bytes);
        var storing = host.Services.GetRequiredService<MediaStoring>();
        var stored = video
            ? await storing.StoreVideoAsync(tenantId, path, null, CancellationToken.None)
            : await storing.StoreImageAsync(tenantId, path, CancellationToken.None);
        File.Delete(path);
        return Assert.IsType<StoringResult.Stored>(stored).Media;
    }
}
