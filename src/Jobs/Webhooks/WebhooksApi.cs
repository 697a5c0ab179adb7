using Jobs.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Providers.Webhooks;

namespace Jobs.Webhooks;

/// <summary>Where vendors say that a job has ended. Any worker takes any of them: jobs stand in the database.</summary>
public static class WebhooksApi
{
    private const int MostBytes = 4 << 20;
    private const int TooEarly = 425;

    public static void MapWebhooks(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/webhooks/{provider}", TakeAsync).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> TakeAsync(string provider, HttpRequest request, IEnumerable<IWebhook> webhooks, JobCalls calls, CancellationToken cancellationToken)
    {
        if (webhooks.FirstOrDefault(webhook => webhook.Provider == provider) is not { } webhook)
        {
            return TypedResults.NotFound();
        }

        if (await BodyAsync(request, cancellationToken) is not { } body)
        {
            return TypedResults.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        if (await webhook.ReadAsync(request.Headers, request.Query, body, cancellationToken) is not { } call)
        {
            return TypedResults.Unauthorized();
        }

        if (await calls.WakeAsync(webhook.Provider, call.Id, cancellationToken) || call is not { RequestKey: { } key, Handle: { } handle })
        {
            // A job that is over, or nobody's, is no fault of the caller's, who would only say it again.
            return TypedResults.NoContent();
        }

        // Its answer may be on its way still: then the caller shall say it again.
        return await calls.AttachAsync(webhook.Provider, key, handle, cancellationToken) ? TypedResults.NoContent() : TypedResults.StatusCode(TooEarly);
    }

    private static async Task<ReadOnlyMemory<byte>?> BodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MostBytes)
        {
            return null;
        }

        using var whole = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (whole.Length + read > MostBytes)
            {
                return null;
            }

            whole.Write(buffer, 0, read);
        }

        return whole.GetBuffer().AsMemory(0, (int)whole.Length);
    }
}
