using System.ComponentModel.DataAnnotations;
using PipelineService.Pipelines;
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
/// <param name="Cost">US dollars of the output it belongs to; null for uploads.</param>
/// <param name="Rating">1 to 5, or null.</param>
/// <param name="Collections">Ids of the collections it lies in.</param>
/// <param name="DeletedAt">When it was moved to the trash, where its file stays readable until it is really removed; null: it is not there.</param>
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
    decimal? Cost,
    int? Rating,
    bool Starred,
    IReadOnlyList<string> Tags,
    IReadOnlyList<long> Collections,
    DateTimeOffset CreatedAt,
    DateTimeOffset? DeletedAt)
{
    internal static AssetResponse From(Asset asset) => From(asset, []);

    internal static AssetResponse From(Asset asset, IReadOnlyList<long> collections) => new(
        asset.Id, asset.Type, asset.Source, asset.Name, asset.ContentType, asset.Width, asset.Height, asset.DurationSec, asset.Bytes, asset.Sha256,
        $"/assets/{asset.Id}/content", $"/assets/{asset.Id}/thumbnail", asset.PipelineId, asset.OutputId, asset.Model, asset.Prompt, asset.Simulated,
        Money.Plain(asset.Cost), asset.Rating, asset.Starred, asset.Tags, collections, asset.CreatedAt, asset.DeletedAt);
}

/// <summary>A page of assets in the order asked for.</summary>
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

/// <param name="Deleted">What is in the trash now.</param>
/// <param name="Kept">What a pipeline still needs.</param>
public sealed record DeletionResponse(IReadOnlyList<long> Deleted, IReadOnlyList<KeptAsset> Kept);

/// <param name="Message">Which pipeline needs it.</param>
public sealed record KeptAsset(long Id, string Message);

/// <param name="Restored">What is in the library again.</param>
public sealed record RestorationResponse(IReadOnlyList<long> Restored);

/// <param name="Ids">Only these; left out: all that is in the trash.</param>
public sealed record EmptyTrashRequest(IReadOnlyList<long>? Ids = null);

/// <param name="Removed">How many are gone for good.</param>
/// <param name="Kept">What an unfinished pipeline needs.</param>
/// <param name="Left">How many are still in the trash.</param>
public sealed record EmptiedResponse(int Removed, IReadOnlyList<KeptAsset> Kept, int Left);
