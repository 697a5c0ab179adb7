using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Sandbox.Fal;

/// <summary>Uploads and results: the storage service and the media host in one. Kept in a folder of temporary files until the process ends.</summary>
internal sealed class FalFiles : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pipeline-sandbox-").FullName;
    private readonly ConcurrentDictionary<string, Stored> _files = new();
    private int _uploads;

    public int Uploads => _uploads;

    /// <summary>A place for a file that is still to come.</summary>
    public string Reserve(string contentType)
    {
        var id = Guid.NewGuid().ToString("N");
        _files[id] = new Stored(Path.Combine(_folder, id), contentType, Fault.None, false);
        return id;
    }

    /// <summary>Takes a file over; it is moved.</summary>
    public string Keep(string path, string contentType, Fault fault)
    {
        var id = Guid.NewGuid().ToString("N");
        var own = Path.Combine(_folder, id);
        File.Move(path, own);
        _files[id] = new Stored(own, contentType, fault, true);
        return id;
    }

    public Stored? Find(string id) => _files.GetValueOrDefault(id);

    public void Arrived(string id)
    {
        _files[id] = _files[id] with { IsThere = true };
        Interlocked.Increment(ref _uploads);
    }

    /// <summary>The file of one of our own addresses; null when it is none or not there.</summary>
    public string? PathOf(Uri address) =>
        address.Segments is ["/", "files/", var id, ..] && Find(id.TrimEnd('/')) is { IsThere: true } file ? file.Path : null;

    /// <summary>A cut comes once: who asks again gets it whole.</summary>
    public void Mended(string id) => _files[id] = _files[id] with { Fault = Fault.None };

    public void Dispose()
    {
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (IOException)
        {
            // Left to the system's own cleaning.
        }
    }

    internal sealed record Stored(string Path, string ContentType, Fault Fault, bool IsThere);
}

internal static class FalFilesApi
{
    private const int SlowPieces = 40;

    public static void MapFalFiles(this IEndpointRouteBuilder app)
    {
        app.MapPost("/storage/upload/initiate", async (HttpContext context, FalFiles files, IOptions<SandboxOptions> options) =>
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

            var (id, here) = (files.Reserve(asked.ContentType), FalAccess.Here(context));
            return Results.Json(new { upload_url = $"{here}upload/{id}", file_url = $"{here}files/{id}/{Uri.EscapeDataString(asked.FileName)}" });
        });

        // Where a storage service signs its addresses: no key.
        app.MapPut("/upload/{id}", async (string id, HttpContext context, FalFiles files, IOptions<SandboxOptions> options) =>
        {
            if (files.Find(id) is not { IsThere: false } place)
            {
                return Results.NotFound();
            }

            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            {
                size.MaxRequestBodySize = options.Value.MaxUploadBytes;
            }

            await using (var file = File.Create(place.Path))
            {
                await context.Request.Body.CopyToAsync(file, context.RequestAborted);
            }

            files.Arrived(id);
            return Results.Ok();
        });

        app.MapGet("/files/{id}/{name}", async (string id, HttpContext context, FalFiles files) =>
        {
            if (files.Find(id) is not { IsThere: true } file)
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            await SendAsync(context, files, id, file);
        });
    }

    private static async Task SendAsync(HttpContext context, FalFiles files, string id, FalFiles.Stored file)
    {
        var bytes = await File.ReadAllBytesAsync(file.Path, context.RequestAborted);
        context.Response.ContentType = file.ContentType;
        switch (file.Fault)
        {
            case Fault.WrongFile:
                context.Response.ContentType = "text/html";
                await context.Response.WriteAsync("<html><body>This is not a picture.</body></html>", context.RequestAborted);
                return;
            case Fault.CutFile:
                files.Mended(id);
                context.Response.ContentLength = bytes.Length;
                await context.Response.Body.WriteAsync(bytes.AsMemory(0, bytes.Length / 2), context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                context.Abort();
                return;
            case Fault.SlowFile:
                context.Response.ContentLength = bytes.Length;
                foreach (var piece in bytes.Chunk(Math.Max(1, (bytes.Length / SlowPieces) + 1)))
                {
                    await context.Response.Body.WriteAsync(piece, context.RequestAborted);
                    await context.Response.Body.FlushAsync(context.RequestAborted);
                    await Task.Delay(TimeSpan.FromMilliseconds(50), context.RequestServices.GetRequiredService<TimeProvider>(), context.RequestAborted);
                }

                return;
            default:
                context.Response.ContentLength = bytes.Length;
                await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
                return;
        }
    }

    private sealed record UploadAsked(
        [property: System.Text.Json.Serialization.JsonPropertyName("content_type")] string? ContentType,
        [property: System.Text.Json.Serialization.JsonPropertyName("file_name")] string? FileName);
}
