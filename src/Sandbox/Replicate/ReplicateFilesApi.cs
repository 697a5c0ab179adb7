using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Providers;
using Sandbox.Files;

namespace Sandbox.Replicate;

/// <summary>Replicate's file store: one multipart request a file, kept for a day.</summary>
internal static class ReplicateFilesApi
{
    public static void MapReplicateFiles(this IEndpointRouteBuilder api)
    {
        api.MapPost("/files", async (HttpContext context, StoredFiles files, IOptions<SandboxOptions> options, TimeProvider time) =>
        {
            context.AllowUpload(options.Value.MaxUploadBytes);
            var content = context.Request.HasFormContentType ? (await context.Request.ReadFormAsync(context.RequestAborted)).Files.GetFile("content") : null;
            if (content is null)
            {
                return ReplicateApi.Problem(400, "Missing content", "Bad request");
            }

            var id = files.Reserve(content.ContentType);
            await using (var file = File.Create(files.Find(id)!.Path))
            {
                await content.CopyToAsync(file, context.RequestAborted);
            }

            files.Arrived(id, ProviderNames.Replicate);
            return Results.Json(Document(Here.Of(context), id, files.Find(id)!, content.FileName, time.GetUtcNow()), statusCode: StatusCodes.Status201Created);
        });
        api.MapGet("/files/{id}", (string id, HttpContext context, StoredFiles files, TimeProvider time) =>
            files.Find(id) is { IsThere: true } file ? Results.Json(Document(Here.Of(context), id, file, "source", time.GetUtcNow())) : ReplicateApi.NotFound);
    }

    private static JsonObject Document(Uri here, string id, StoredFiles.Stored file, string name, DateTimeOffset now)
    {
        using var content = File.OpenRead(file.Path);
        return new JsonObject
        {
            ["id"] = id,
            ["name"] = name,
            ["content_type"] = file.ContentType,
            ["size"] = content.Length,
            ["checksums"] = new JsonObject { ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(content)) },
            ["metadata"] = new JsonObject(),
            ["created_at"] = now.ToString("O", CultureInfo.InvariantCulture),
            ["expires_at"] = now.AddDays(1).ToString("O", CultureInfo.InvariantCulture),
            ["urls"] = new JsonObject { ["get"] = $"{here}v1/files/{id}" },
        };
    }
}
