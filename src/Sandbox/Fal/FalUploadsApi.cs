using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using Providers;
using Sandbox.Files;

namespace Sandbox.Fal;

/// <summary>fal's storage: a place is asked for with the key, then filled without.</summary>
internal static class FalUploadsApi
{
    public static void MapFalUploads(this IEndpointRouteBuilder app)
    {
        app.MapPost("/storage/upload/initiate", async (HttpContext context, StoredFiles files, IOptions<SandboxOptions> options) =>
        {
            if (!FalAccess.Allows(context, options.Value))
            {
                return FalAccess.Refusal;
            }

            var asked = await context.Request.ReadFromJsonAsync<UploadAsked>(context.RequestAborted);
            if (asked is not { ContentType.Length: > 0, FileName.Length: > 0 })
            {
                return Results.Json(new { detail = "content_type and file_name are needed" }, statusCode: StatusCodes.Status422UnprocessableEntity);
            }

            var (id, here) = (files.Reserve(asked.ContentType), Here.Of(context));
            return Results.Json(new { upload_url = $"{here}upload/{id}", file_url = $"{here}files/{id}/{Uri.EscapeDataString(asked.FileName)}" });
        });

        // Where a storage service signs its addresses: no key.
        app.MapPut("/upload/{id}", async (string id, HttpContext context, StoredFiles files, IOptions<SandboxOptions> options) =>
        {
            if (files.Find(id) is not { IsThere: false } place)
            {
                return Results.NotFound();
            }

            context.AllowUpload(options.Value.MaxUploadBytes);
            await using (var file = File.Create(place.Path))
            {
                await context.Request.Body.CopyToAsync(file, context.RequestAborted);
            }

            files.Arrived(id, ProviderNames.Fal);
            return Results.Ok();
        });
    }

    private sealed record UploadAsked(
        [property: JsonPropertyName("content_type")] string? ContentType,
        [property: JsonPropertyName("file_name")] string? FileName);
}
