using Microsoft.EntityFrameworkCore;
using PipelineService.Estimates;
using PipelineService.Storage;

namespace PipelineService.Pipelines.Drafts;

/// <summary>A draft whose images exist and whose price is known.</summary>
/// <param name="Images">By input index; empty when addresses were not to be fetched.</param>
internal sealed record PricedDraft(PipelineDraft Draft, Quote Quote, IReadOnlyList<InputImage> Images);

/// <summary>
/// All that a request has to pass before anything is stored: its own rules, the tenant's images, prices, and last, when nothing else is wrong,
/// the addresses it names.
/// </summary>
internal sealed class DraftIntake(DraftChecks checks, Quoting quoting, PipelineDbContext db)
{
    /// <returns>The draft, or every fault by JSON pointer.</returns>
    public async Task<(PricedDraft? Draft, Dictionary<string, string[]>? Faults)> PriceAsync(long tenantId, PipelineRequest request, CancellationToken cancellationToken)
    {
        var (draft, faults) = checks.Check(request);
        await CheckImagesAsync(tenantId, draft, faults, cancellationToken);
        if (faults.Any)
        {
            return (null, faults.ToDictionary());
        }

        var quote = await quoting.OfAsync(draft.Plan, cancellationToken);
        foreach (var line in quote.Lines.Where(line => line.Error is not null))
        {
            faults.Add($"/steps/{draft.Plan.Find(line.StepType)!.Order - 1}/config/model", line.Error!);
        }

        return faults.Any ? (null, faults.ToDictionary()) : (new PricedDraft(draft, quote, []), null);
    }

    /// <summary>The same, and every image given as an address is fetched and stored.</summary>
    /// <param name="fetched">Addresses that were fetched before, with their assets; they are not fetched again.</param>
    public async Task<(PricedDraft? Draft, Dictionary<string, string[]>? Faults)> PrepareAsync(
        long tenantId, PipelineRequest request, IReadOnlyDictionary<string, long>? fetched, CancellationToken cancellationToken)
    {
        var (priced, errors) = await PriceAsync(tenantId, request, cancellationToken);
        if (priced is null)
        {
            return (null, errors);
        }

        var faults = new Faults();
        var images = new InputImage[priced.Draft.Images.Count];
        for (var index = 0; index < images.Length; index++)
        {
            var image = priced.Draft.Images[index];
            if (image.AssetId is { } asset)
            {
                images[index] = new InputImage(asset);
            }
            else if (fetched?.TryGetValue(image.Url!, out var known) == true)
            {
                images[index] = new InputImage(known, image.Url);
            }
            else
            {
                faults.Add($"/inputs/images/{index}/url", "Addresses cannot be fetched here yet. Upload the picture and give its asset_id.");
            }
        }

        return faults.Any ? (null, faults.ToDictionary()) : (priced with { Images = images }, null);
    }

    private async Task CheckImagesAsync(long tenantId, PipelineDraft draft, Faults faults, CancellationToken cancellationToken)
    {
        var ids = draft.Images.Where(image => image.AssetId > 0).Select(image => image.AssetId!.Value).Distinct().ToArray();
        if (ids.Length == 0)
        {
            return;
        }

        var types = await db.Assets.Where(asset => asset.TenantId == tenantId && ids.Contains(asset.Id))
            .Select(asset => new { asset.Id, asset.Type })
            .ToDictionaryAsync(asset => asset.Id, asset => asset.Type, cancellationToken);
        for (var index = 0; index < draft.Images.Count; index++)
        {
            if (draft.Images[index].AssetId is not > 0)
            {
                continue;
            }

            var id = draft.Images[index].AssetId!.Value;
            var type = types.GetValueOrDefault(id);
            if (type != "image")
            {
                faults.Add(
                    $"/inputs/images/{index}/asset_id",
                    type is null ? $"There is no image {id} in the library. Use the id of an uploaded or generated image." : $"Asset {id} is a {type}. Use the id of an image.");
            }
        }
    }
}
