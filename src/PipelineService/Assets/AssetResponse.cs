using System.ComponentModel.DataAnnotations;
using ServiceDefaults.OpenApi;

namespace PipelineService.Assets;

/// <summary>An asset as clients see it.</summary>
/// <param name="Type">image or video.</param>
/// <param name="Source">uploaded or generated.</param>
/// <param name="Width">Pixels as shown.</param>
/// <param name="DurationSec">Seconds; null for images.</param>
/// <param name="Sha256">Lower-case hex of the content.</param>
/// <param name="Url">Path of the content on this origin; needs the same credential.</param>
/// <param name="Model">The model that made it; null for uploads.</param>
/// <param name="Prompt">The prompt that made it; null for uploads.</param>
/// <param name="Simulated">Made by the demo renderer, not by a paid model.</param>
public sealed record AssetResponse(
    long Id,
    [Words("image", "video")] string Type,
    [Words("uploaded", "generated")] string Source,
    string Name,
    string ContentType,
    int Width,
    int Height,
    decimal? DurationSec,
    long Bytes,
    string Sha256,
    string Url,
    string ThumbnailUrl,
    long? PipelineId,
    long? OutputId,
    string? Model,
    string? Prompt,
    bool Simulated,
    DateTimeOffset CreatedAt)
{
    internal static AssetResponse From(Asset asset) => new(
        asset.Id, asset.Type, asset.Source, asset.Name, asset.ContentType, asset.Width, asset.Height, asset.DurationSec, asset.Bytes, asset.Sha256,
        $"/assets/{asset.Id}/content", $"/assets/{asset.Id}/thumbnail", asset.PipelineId, asset.OutputId, asset.Model, asset.Prompt, asset.Simulated, asset.CreatedAt);
}

/// <summary>A page of assets, newest first.</summary>
/// <param name="NextCursor">Give it as <c>cursor</c> for the next page; null on the last.</param>
public sealed record AssetPage(IReadOnlyList<AssetResponse> Data, string? NextCursor);

/// <summary>What an upload or import brought.</summary>
/// <param name="Data">One asset for each good file, in order; the same bytes twice are the same asset.</param>
/// <param name="Errors">One entry for each file that was refused.</param>
public sealed record AssetIntake(IReadOnlyList<AssetResponse> Data, IReadOnlyList<FileError> Errors);

/// <param name="File">The name it was sent under (<c>photos.zip/a.png</c> inside an archive), or its address.</param>
/// <param name="Message">Why it was refused, in a sentence.</param>
public sealed record FileError(string File, string Message);

/// <param name="Urls">http or https addresses of pictures.</param>
public sealed record ImportRequest([property: Required] IReadOnlyList<string>? Urls);

/// <param name="Ids">Ids of assets of this tenant.</param>
public sealed record SelectionRequest([property: Required] IReadOnlyList<long>? Ids);

/// <param name="Deleted">What is gone now.</param>
/// <param name="Kept">What a pipeline still needs.</param>
public sealed record DeletionResponse(IReadOnlyList<long> Deleted, IReadOnlyList<KeptAsset> Kept);

/// <param name="Message">Which pipeline needs it.</param>
public sealed record KeptAsset(long Id, string Message);
