using Gateway.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using ServiceDefaults.Problems;

namespace Gateway.Limits;

/// <summary>
/// The first thing that happens to a request: who is it, and is it still within the limits? A credential that has to be looked up first
/// counts against its address, so that guessing keys never reaches the database faster than the limit.
/// </summary>
internal sealed class Door(
    RequestDelegate next, KnownCallers callers, RateLimiter limiter, OpenStreams streams, IOptions<RateLimitOptions> options, IProblemDetailsService problems)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (IsUnlimited(context.Request.Path))
        {
            await next(context);
            return;
        }

        var limits = options.Value;
        var credential = Credential.Of(context.Request);
        var caller = credential is { } shown ? callers.Remembered(shown) : null;
        Verdict verdict = default;
        if (caller is null)
        {
            verdict = await limiter.TakeAsync(ClientAddress.Of(context.Connection.RemoteIpAddress), limits.Address, context.RequestAborted);
            caller = verdict.Allowed && credential is { } unknown ? await callers.FindAsync(unknown, context.RequestAborted) : null;
        }

        if (caller is not null)
        {
            verdict = await limiter.TakeAsync(caller.Bucket, IsMedia(context.Request) ? limits.Media : limits.Key, context.RequestAborted);
        }

        context.Response.OnStarting(() =>
        {
            context.Response.Headers["RateLimit-Policy"] = verdict.PolicyHeader;
            context.Response.Headers["RateLimit"] = verdict.RemainingHeader;
            return Task.CompletedTask;
        });
        if (!verdict.Allowed)
        {
            await RefuseAsync(context, verdict.RetryAfterSeconds, Problem.Details(
                429, "rate-limited", "Too many requests.", $"At most {verdict.Quota.PerMinute} requests a minute and {verdict.Quota.Burst} at once. Wait for the seconds in Retry-After."));
            return;
        }

        context.Features.Set(new Identification(credential, caller));
        await EnterAsync(context, caller);
    }

    private async Task EnterAsync(HttpContext context, KnownCaller? caller)
    {
        if (caller is null || !IsStream(context))
        {
            await next(context);
            return;
        }

        if (!streams.TryEnter(caller.Bucket, options.Value.Streams))
        {
            await RefuseAsync(context, 5, Problem.Details(
                429, "too-many-streams", "Too many open streams.", $"At most {options.Value.Streams} WebSockets and event streams at once. Close one first."));
            return;
        }

        try
        {
            await next(context);
        }
        finally
        {
            streams.Leave(caller.Bucket);
        }
    }

    private async Task RefuseAsync(HttpContext context, int retryAfterSeconds, ProblemDetails details)
    {
        context.Response.StatusCode = details.Status!.Value;
        context.Response.Headers.RetryAfter = retryAfterSeconds.ToString();
        await problems.WriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = details });
    }

    // Health is asked by machines that must not be refused; static files are cached for ever and cost nothing.
    private static bool IsUnlimited(PathString path) => path == "/healthz" || path == "/readyz" || path.StartsWithSegments("/static");

    private static bool IsMedia(HttpRequest request) =>
        request.Path.StartsWithSegments("/assets", out var rest)
        && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && rest.Value is { } tail && (tail.EndsWith("/content", StringComparison.Ordinal) || tail.EndsWith("/thumbnail", StringComparison.Ordinal));

    private static bool IsStream(HttpContext context) =>
        Scopes.IsWebSocket(context) || context.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase);
}
