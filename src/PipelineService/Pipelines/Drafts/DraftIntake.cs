using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PipelineService.Assets;
using PipelineService.Estimates;
using PipelineService.Storage;

namespace PipelineService.Pipelines.Drafts;

/// <summary>A draft whose images exist and whose price is known.</summary>
/// <param name="Images">By input index; empty when addresses were not to be fetched.</param>
internal sealed record PricedDraft(PipelineDraft Draft, Quote Quote, IReadOnlyList<InputImage> Images)
{
    public PipelineInputs Inputs => new(
        Images,
        Draft.Prompts,
        Draft.Steps.Where(step => StepPrompts.Of(step.StepType, step.Config) is { Count: > 0 }).ToDictionary(step => step.StepType, step => StepPrompts.Of(step.StepType, step.Config)!));
}

/// <summary>
/// All that a request has to pass before anything is stored: its own rules, the tenant's images, prices, and last, when nothing else is wrong,
/// the addresses it names.
/// </summary>
internal sealed class DraftIntake(
    DraftChecks checks, Quoting quoting, FallbackPricing fallbacks, AssetImporter importer, AssetRemoval removal, PipelineDbContext db, TimeProvider time, IOptions<PipelineLimits> limits)
{
    private const string InTrash = "trash";

    /// <returns>The draft, or every fault by JSON pointer.</returns>
    public Task<(PricedDraft? Draft, Dictionary<string, string[]>? Faults)> PriceAsync(long tenantId, PipelineRequest request, CancellationToken cancellationToken) =>
        PriceAsync(tenantId, request, KnownImages.None, cancellationToken);

    private async Task<(PricedDraft? Draft, Dictionary<string, string[]>? Faults)> PriceAsync(
        long tenantId, PipelineRequest request, KnownImages known, CancellationToken cancellationToken)
    {
        var (draft, faults) = checks.Check(tenantId, request);
        await CheckImagesAsync(tenantId, draft, known, faults, cancellationToken);
        if (faults.Any)
        {
            return (null, faults.ToDictionary());
        }

        var quote = await quoting.OfAsync(draft.Plan, cancellationToken);
        foreach (var line in quote.Lines.Where(line => line.Error is not null))
        {
            faults.Add($"/steps/{draft.Plan.Find(line.StepType)!.Order - 1}/config/model", line.Error!);
        }

        return faults.Any ? (null, faults.ToDictionary()) : (new PricedDraft(await fallbacks.PricedAsync(draft, quote, cancellationToken), quote, []), null);
    }

    /// <summary>The same, and every image given as an address is fetched and stored.</summary>
    /// <param name="known">Images that the pipeline has already: they are neither fetched nor looked up again.</param>
    public async Task<(PricedDraft? Draft, Dictionary<string, string[]>? Faults)> PrepareAsync(
        long tenantId, PipelineRequest request, KnownImages known, CancellationToken cancellationToken)
    {
        var (priced, errors) = await PriceAsync(tenantId, request, known, cancellationToken);
        if (priced is null)
        {
            return (null, errors);
        }

        var since = time.GetUtcNow();
        var results = await FetchAsync(
            tenantId, [.. priced.Draft.Images.Where(image => image.Url is { } url && !known.Fetched.ContainsKey(url)).Select(image => image.Url!).Distinct()], cancellationToken);
        var faults = new Faults();
        var images = new List<InputImage>(priced.Draft.Images.Count);
        for (var index = 0; index < priced.Draft.Images.Count; index++)
        {
            var (asset, url) = priced.Draft.Images[index];
            switch (url is null ? null : results.GetValueOrDefault(url))
            {
                case ImportResult.Imported imported:
                    images.Add(new InputImage(imported.Asset.Id, url));
                    break;
                case ImportResult.Refused refused:
                    faults.Add($"/inputs/images/{index}/url", refused.Reason);
                    break;
                default:
                    images.Add(new InputImage(asset ?? known.Fetched[url!], url));
                    break;
            }
        }

        if (!faults.Any)
        {
            return (priced with { Images = images }, null);
        }

        // One bad address refuses the request, and a refused request leaves nothing behind: what came from the good ones goes again.
        var fetched = results.Values.OfType<ImportResult.Imported>().Where(result => result.Asset.CreatedAt >= since).Select(result => result.Asset.Id).Distinct().ToArray();
        await removal.RemoveAsync(tenantId, fetched, fromTrash: false, cancellationToken);
        return (null, faults.ToDictionary());
    }

    private async Task<ConcurrentDictionary<string, ImportResult>> FetchAsync(long tenantId, IReadOnlyList<string> urls, CancellationToken cancellationToken)
    {
        var results = new ConcurrentDictionary<string, ImportResult>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = limits.Value.ImportParallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(urls, parallel, async (url, cancelled) => results[url] = await importer.ImportAsync(tenantId, url, cancelled));
        return results;
    }

    private async Task CheckImagesAsync(long tenantId, PipelineDraft draft, KnownImages known, Faults faults, CancellationToken cancellationToken)
    {
        var ids = draft.Images.Where(image => image.AssetId > 0 && !known.Ids.Contains(image.AssetId.Value)).Select(image => image.AssetId!.Value).Distinct().ToArray();
        if (ids.Length == 0)
        {
            return;
        }

        var types = await db.Assets.Where(asset => asset.TenantId == tenantId && ids.Contains(asset.Id))
            .Select(asset => new { asset.Id, Type = asset.DeletedAt == null ? asset.Type : InTrash })
            .ToDictionaryAsync(asset => asset.Id, asset => asset.Type, cancellationToken);
        for (var index = 0; index < draft.Images.Count; index++)
        {
            if (draft.Images[index].AssetId is not { } asset || !ids.Contains(asset))
            {
                continue;
            }

            var type = types.GetValueOrDefault(asset);
            if (type != "image")
            {
                faults.Add(
                    $"/inputs/images/{index}/asset_id",
                    type switch
                    {
                        null => $"There is no image {asset} in the library. Use the id of an uploaded or generated image.",
                        InTrash => $"Image {asset} is in the trash. Restore it first, or use another.",
                        _ => $"Asset {asset} is a {type}. Use the id of an image.",
                    });
            }
        }
    }
}
