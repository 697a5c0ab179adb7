using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Providers;
using Providers.Catalog;
using ServiceDefaults;

namespace Sandbox.OpenAi;

/// <summary>What OpenAI accepted: from then on it is made, and paid for.</summary>
internal sealed class OpenAiBook() : VendorBook(ProviderNames.OpenAi);

/// <summary>OpenAI's image edits: asked and answered in one call.</summary>
internal static class OpenAiApi
{
    private const string RequestIdHeader = "x-request-id";
    private const string EdgePage = "<html>\r\n<head><title>503 Service Temporarily Unavailable</title></head>\r\n<body>\r\n<center><h1>503 Service Temporarily Unavailable</h1></center>\r\n<hr><center>cloudflare</center>\r\n</body>\r\n</html>\r\n";
    private const int SlowPieces = 20;

    public static void AddOpenAiSandbox(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<OpenAiBook>();
        builder.Services.AddSingleton<IVendorBook>(services => services.GetRequiredService<OpenAiBook>());
        builder.Services.AddSingleton<OpenAiPainter>();
    }

    public static void MapOpenAiImages(this IEndpointRouteBuilder app) => app.MapPost("/v1/images/edits", EditAsync);

    private static async Task EditAsync(
        HttpContext context, OpenAiBook book, OpenAiPainter painter, Faults faults, ModelCatalog catalog, IOptions<SandboxOptions> options, TimeProvider time)
    {
        var id = Guid.NewGuid();
        context.Response.Headers[RequestIdHeader] = $"req_{id:N}";
        if (!Allows(context, options.Value))
        {
            await OpenAiError.BadKey.Result().ExecuteAsync(context);
            return;
        }

        var (form, unread) = await FormAsync(context, options.Value);
        var (edit, refused) = form is null ? (null, unread) : OpenAiEdit.Read(form, catalog);
        if (edit is null)
        {
            await refused!.Result().ExecuteAsync(context);
            return;
        }

        var fault = faults.Next(edit.Prompt);
        if (Turned(context, fault) is { } away)
        {
            await away.ExecuteAsync(context);
            return;
        }

        book.Add(new Accepted($"{id:N}", context.Request.Headers["X-Client-Request-Id"].ToString(), edit.Model.Id, edit.Prompt, fault, time.GetUtcNow()));
        await WorkAsync(context, id, edit, fault, book, painter, options.Value, time);
    }

    /// <summary>What is not accepted.</summary>
    private static IResult? Turned(HttpContext context, Fault fault)
    {
        switch (fault)
        {
            case Fault.RateLimit:
                context.Response.Headers.RetryAfter = "1";
                context.Response.Headers["x-ratelimit-limit-requests"] = "5";
                context.Response.Headers["x-ratelimit-remaining-requests"] = "0";
                return new OpenAiError(429, "rate_limit_error", "rate_limit_exceeded", null, "Rate limit reached for images per minute. Please try again in 1s.").Result();
            case Fault.Balance:
                return new OpenAiError(429, "insufficient_quota", "insufficient_quota", null, "You exceeded your current quota, please check your plan and billing details.").Result();
            case Fault.Ingress:
                context.Response.Headers.Remove(RequestIdHeader);
                return Results.Content(EdgePage, "text/html", statusCode: StatusCodes.Status503ServiceUnavailable);
            default:
                return null;
        }
    }

    private static async Task WorkAsync(HttpContext context, Guid id, OpenAiEdit edit, Fault fault, OpenAiBook book, OpenAiPainter painter, SandboxOptions options, TimeProvider time)
    {
        if (fault == Fault.NoAnswer)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return;
        }

        if (Failed(fault, edit) is { } failure)
        {
            book.End($"{id:N}", failure.Status, 0);
            await failure.Result().ExecuteAsync(context);
            return;
        }

        var least = Task.Delay(options.ImageTime, time, CancellationToken.None);
        var (answer, error) = await painter.PaintAsync(id, edit, fault);
        await least;
        book.End($"{id:N}", error?.Status ?? StatusCodes.Status200OK, error is null ? OpenAiUsage.Of(edit).Dollars(edit.Model.OpenAi!.Prices) : 0);
        await (error is null ? SendAsync(context, answer!.ToJsonString(PipelineJson.Options), fault, time) : error.Result().ExecuteAsync(context));
    }

    private static OpenAiError? Failed(Fault fault, OpenAiEdit edit) => fault switch
    {
        // The real one may repeat the prompt; whoever logs an answer has then logged it.
        Fault.Policy => new OpenAiError(
            400, "image_generation_user_error", "moderation_blocked", null, $"Your request was rejected by the safety system. safety_violations=[other]. Prompt: {edit.Prompt}"),
        Fault.SourceDownload => OpenAiError.Field("invalid_image_file", "image", "Invalid image file or mode for image 1, please check your image file."),
        Fault.ModelError => OpenAiError.Server,
        Fault.ModelTimeout => new OpenAiError(504, "server_error", null, null, "The server took too long."),
        _ => null,
    };

    private static async Task SendAsync(HttpContext context, string json, Fault fault, TimeProvider time)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        context.Response.ContentType = "application/json";
        switch (fault)
        {
            case Fault.LostAnswer:
                context.Abort();
                return;
            case Fault.NotJson:
                context.Response.ContentType = "text/html";
                await context.Response.WriteAsync("<html><body>It is not JSON.</body></html>", context.RequestAborted);
                return;
            case Fault.CutFile:
                context.Response.ContentLength = bytes.Length;
                await context.Response.Body.WriteAsync(bytes.AsMemory(0, bytes.Length / 2), context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                context.Abort();
                return;
            default:
                context.Response.ContentLength = bytes.Length;
                foreach (var piece in fault == Fault.SlowFile ? bytes.Chunk((bytes.Length / SlowPieces) + 1) : [bytes])
                {
                    await context.Response.Body.WriteAsync(piece, context.RequestAborted);
                    if (fault == Fault.SlowFile)
                    {
                        await context.Response.Body.FlushAsync(context.RequestAborted);
                        await Task.Delay(TimeSpan.FromMilliseconds(50), time, context.RequestAborted);
                    }
                }

                return;
        }
    }

    private static async Task<(IFormCollection? Form, OpenAiError? Error)> FormAsync(HttpContext context, SandboxOptions options)
    {
        if (!context.Request.HasFormContentType)
        {
            return (null, new OpenAiError(400, "invalid_request_error", "unsupported_content_type", null, "Unsupported content type. Use multipart/form-data."));
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = options.MaxUploadBytes;
        }

        try
        {
            return (await context.Request.ReadFormAsync(new FormOptions { MultipartBodyLengthLimit = options.MaxUploadBytes }, context.RequestAborted), null);
        }
        catch (BadHttpRequestException exception)
        {
            return (null, new OpenAiError(exception.StatusCode, "invalid_request_error", null, null, "The request is too large or broken."));
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            return (null, new OpenAiError(400, "invalid_request_error", null, null, "Could not parse multipart form."));
        }
    }

    private static bool Allows(HttpContext context, SandboxOptions options) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(context.Request.Headers.Authorization.ToString()), Encoding.UTF8.GetBytes("Bearer " + options.OpenAiKey));
}
