using PipelineService.Assets;

namespace PipelineService.Pipelines.Drafts;

/// <summary>The images and prompts of a request, as far as they can be judged without looking anything up.</summary>
internal static class InputChecks
{
    private static readonly string[] Fields = ["images", "prompts", "combine"];
    private static readonly string[] ImageFields = ["asset_id", "url"];

    public static CheckedInputs Check(InputsRequest? inputs, PipelineLimits limits, Faults faults)
    {
        faults.Unknown("/inputs", inputs?.Unknown, Fields);
        PromptChecks.List("/inputs/prompts", inputs?.Prompts, limits, faults);
        var combine = faults.Word("/inputs/combine", inputs?.Combine, Combine.All);
        var images = inputs?.Images ?? [];
        if (images.Count > limits.MaxImages)
        {
            faults.Add("/inputs/images", $"There are {images.Count:N0} images; at most {limits.MaxImages:N0} are accepted.");
            images = [];
        }

        for (var index = 0; index < images.Count; index++)
        {
            Image($"/inputs/images/{index}", images[index], faults);
        }

        return new CheckedInputs(
            [.. images.Select(image => new DraftImage(image?.AssetId, image?.Url))],
            [.. (inputs?.Prompts ?? []).Select(prompt => prompt ?? string.Empty)],
            combine);
    }

    private static void Image(string at, InputImageRequest? image, Faults faults)
    {
        faults.Unknown(at, image?.Unknown, ImageFields);
        switch (image)
        {
            case { AssetId: not null, Url: not null }:
                faults.Add(at, "Give either asset_id or url, not both.");
                break;
            case { AssetId: <= 0 }:
                faults.Add(at + "/asset_id", "There is no such image. Use the id of an uploaded or generated image.");
                break;
            case { Url: { } url } when AssetImporter.Refusal(url) is { } refusal:
                faults.Add(at + "/url", refusal);
                break;
            case null or { AssetId: null, Url: null }:
                faults.Add(at, "Give asset_id (an image in the library) or url (an http or https address).");
                break;
        }
    }
}

/// <param name="Images">By input index, good or not.</param>
internal sealed record CheckedInputs(IReadOnlyList<DraftImage> Images, IReadOnlyList<string> Prompts, Combine Combine);
