using Microsoft.AspNetCore.Http.Features;

namespace Sandbox.Files;

/// <summary>The media host: results and uploads, without a key, with the faults that files have.</summary>
internal static class FilesApi
{
    private const int SlowPieces = 40;

    public static void MapFiles(this IEndpointRouteBuilder app) =>
        app.MapGet("/files/{id}/{name}", async (string id, HttpContext context, StoredFiles files) =>
        {
            if (files.Find(id) is not { IsThere: true } file)
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            await SendAsync(context, files, id, file);
        });

    /// <summary>Lets a body be as large as an upload may be.</summary>
    public static void AllowUpload(this HttpContext context, long bytes)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = bytes;
        }
    }

    private static async Task SendAsync(HttpContext context, StoredFiles files, string id, StoredFiles.Stored file)
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
}
