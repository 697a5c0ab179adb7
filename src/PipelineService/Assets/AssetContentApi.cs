using Contracts.Generation;
using Media;
using Media.Images;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using PipelineService.Storage;
using ServiceDefaults.Identity;
using ServiceDefaults.OpenApi;
using ServiceDefaults.Problems;

namespace PipelineService.Assets;

/// <summary>The bytes of assets. They never change under their id, so browsers may keep them.</summary>
internal static class AssetContentApi
{
    private const int DefaultWidth = 320;
    private const int MaxWidth = 4096;
    private const string Immutable = "private, max-age=31536000, immutable";

    public static void MapContent(this RouteGroupBuilder group)
    {
        string[] head = ["HEAD"];
        group.MapGet("/{id:long}/content", Content).WithName("get_asset_content").WithSummary("The file itself")
            .WithDescription("Takes Range (206, or 416 outside of the file) and If-None-Match (304). '?download=true' asks the browser to save it.")
            .Produces<Stream>(StatusCodes.Status200OK, "image/png", "image/jpeg", "image/webp", "video/mp4")
            .Produces<Stream>(StatusCodes.Status206PartialContent, "image/png", "image/jpeg", "image/webp", "video/mp4")
            .Produces(StatusCodes.Status304NotModified);
        group.MapMethods("/{id:long}/content", head, Content).ExcludeFromDescription();
        group.MapGet("/{id:long}/thumbnail", Thumbnail).WithName("get_asset_thumbnail").WithSummary("A small WebP copy")
            .WithDescription($"Of a video: its poster. w in pixels is rounded up to one of {string.Join(", ", Thumbnails.Widths)}; default {DefaultWidth}.")
            .Produces<Stream>(StatusCodes.Status200OK, "image/webp")
            .Produces(StatusCodes.Status304NotModified)
            .WithProblems(StatusCodes.Status422UnprocessableEntity);
        group.MapMethods("/{id:long}/thumbnail", head, Thumbnail).ExcludeFromDescription();
    }

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> Content(
        long id, bool? download, HttpResponse response, Caller caller, PipelineDbContext db, IObjectStore store, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, caller, db, cancellationToken) is not { } asset
            || await store.OpenReadAsync(asset.ObjectKey, cancellationToken) is not { } content)
        {
            return Problem.NotFound("asset");
        }

        var disposition = new ContentDispositionHeaderValue(download == true ? "attachment" : "inline");
        disposition.SetHttpFileName(asset.Name);
        response.Headers.ContentDisposition = disposition.ToString();
        return Serve(response, content, asset.ContentType, asset.Sha256, asset.CreatedAt);
    }

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> Thumbnail(
        long id, int? w, HttpResponse response, Caller caller, PipelineDbContext db, Thumbnails thumbnails, IObjectStore store, CancellationToken cancellationToken)
    {
        if (w is < 1 or > MaxWidth)
        {
            return Problem.Validation("/w", $"Use a width from 1 to {MaxWidth} pixels.");
        }

        if (await FindAsync(id, caller, db, cancellationToken) is not { } asset)
        {
            return Problem.NotFound("asset");
        }

        var width = Thumbnails.Snap(w ?? DefaultWidth);
        var media = new MediaRef(
            asset.ObjectKey, asset.Sha256, asset.ContentType, asset.Width, asset.Height, asset.Bytes, asset.DurationSec, asset.PosterKey);
        return await thumbnails.GetAsync(caller.TenantId, media, width, cancellationToken) is { } key && await store.OpenReadAsync(key, cancellationToken) is { } content
            ? Serve(response, content, "image/webp", $"{asset.Sha256}-{width}", asset.CreatedAt)
            : Problem.NotFound("thumbnail");
    }

    private static FileStreamHttpResult Serve(HttpResponse response, Stream content, string contentType, string tag, DateTimeOffset createdAt)
    {
        response.Headers.CacheControl = Immutable;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return TypedResults.Stream(content, contentType, fileDownloadName: null, createdAt, new EntityTagHeaderValue($"\"{tag}\""), enableRangeProcessing: true);
    }

    private static Task<Asset?> FindAsync(long id, Caller caller, PipelineDbContext db, CancellationToken cancellationToken) =>
        db.Assets.AsNoTracking().SingleOrDefaultAsync(asset => asset.TenantId == caller.TenantId && asset.Id == id, cancellationToken);
}
