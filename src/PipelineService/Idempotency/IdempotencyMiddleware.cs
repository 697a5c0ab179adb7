using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Npgsql;
using ServiceDefaults.Identity;
using ServiceDefaults.Problems;

namespace PipelineService.Idempotency;

/// <summary>
/// Gives a POST with an <c>Idempotency-Key</c> its first answer again. The request is carried to its end even when its client leaves: the client's
/// repetition gets the answer. Answers of 500 and above, and 429, are not kept.
/// </summary>
internal sealed class IdempotencyMiddleware(
    RequestDelegate next, IdempotencyStore store, IOptions<IdempotencyOptions> options, TimeProvider time, ILogger<IdempotencyMiddleware> logger)
{
    public const string Header = "Idempotency-Key";
    public const string ReplayedHeader = "Idempotency-Replayed";

    private const int MaxKeyLength = 255;
    private const int MaxPathLength = 500;

    public Task InvokeAsync(HttpContext context) =>
        Applies(context) && Caller.From(context.User) is { } caller ? AnswerAsync(context, caller) : next(context);

    private static bool Applies(HttpContext context) =>
        HttpMethods.IsPost(context.Request.Method)
        && context.Request.Headers.ContainsKey(Header)
        && context.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<WithoutIdempotency>() is null
        && (context.Request.ContentType is null || context.Request.HasJsonContentType());

    private async Task AnswerAsync(HttpContext context, Caller caller)
    {
        var given = context.Request.Headers[Header].ToString();
        if (given.Length is 0 or > MaxKeyLength || given.Any(character => character is < '!' or > '~'))
        {
            await Problem.Validation(Header, $"Use 1 to {MaxKeyLength} visible ASCII characters, for example a UUID.").ExecuteAsync(context);
            return;
        }

        var hash = await HashAsync(context.Request, context.RequestAborted);
        var key = new RequestKey(caller.TenantId, Route(context.Request), given);
        var now = time.GetUtcNow();
        switch (await store.ClaimAsync(key, hash, now, now - options.Value.KeepFor, now - options.Value.Lease, context.RequestAborted))
        {
            case Claim.Mine mine:
                await CarryOutAsync(context, key, mine.HeldSince);
                break;
            case Claim.Answered answered:
                await ReplayAsync(context.Response, answered.Answer);
                break;
            case Claim.OtherBody:
                await Problem.Validation(Header, "This key was used for another request. Use a new key for a new request.").ExecuteAsync(context);
                break;
            default:
                context.Response.Headers.RetryAfter = "1";
                await Problem.Conflict("The first request with this key is still being answered. Ask again.", "request-in-flight").ExecuteAsync(context);
                break;
        }
    }

    private async Task CarryOutAsync(HttpContext context, RequestKey key, DateTimeOffset heldSince)
    {
        context.RequestAborted = CancellationToken.None;
        var wire = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var body = new MemoryStream();
        var buffered = new StreamResponseBodyFeature(body);
        context.Features.Set<IHttpResponseBodyFeature>(buffered);
        await using var hold = new Hold(store, key, heldSince, options.Value.Lease, time);
        try
        {
            await next(context);
            await buffered.CompleteAsync();
        }
        catch
        {
            context.Features.Set(wire);
            await EndAsync(key, hold, null);
            throw;
        }

        context.Features.Set(wire);
        var response = context.Response;
        var keeps = response.StatusCode is < 500 and not StatusCodes.Status429TooManyRequests;
        await EndAsync(key, hold, keeps
            ? new KeptAnswer(response.StatusCode, response.ContentType, NullIfEmpty(response.Headers.Location), NullIfEmpty(response.Headers.ETag), body.ToArray())
            : null);
        body.Position = 0;
        await body.CopyToAsync(response.Body, CancellationToken.None);
    }

    /// <summary>Keeps the answer, or frees the key when there is none to keep.</summary>
    private async Task EndAsync(RequestKey key, Hold hold, KeptAnswer? answer)
    {
        try
        {
            var heldSince = await hold.ReleaseAsync();
            await (answer is null
                ? store.ForgetAsync(key, heldSince, CancellationToken.None)
                : store.KeepAsync(key, heldSince, answer, CancellationToken.None));
        }
        catch (NpgsqlException exception)
        {
            // the answer is given all the same; a repetition within the lease is told to wait, and later carried out again
            logger.AnswerNotKept(key.Route, exception.Message);
        }
    }

    private static async Task ReplayAsync(HttpResponse response, KeptAnswer answer)
    {
        response.StatusCode = answer.StatusCode;
        response.ContentType = answer.ContentType;
        response.Headers[ReplayedHeader] = "true";
        response.Headers.Location = answer.Location;
        response.Headers.ETag = answer.ETag;
        await response.Body.WriteAsync(answer.Body, response.HttpContext.RequestAborted);
    }

    /// <summary>Of the query and the body. Leaves the body to be read again.</summary>
    private static async Task<byte[]> HashAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        request.EnableBuffering();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(request.QueryString.Value + "\n"));
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            hash.AppendData(buffer, 0, read);
        }

        request.Body.Position = 0;
        return hash.GetHashAndReset();
    }

    // a path may be longer than an index takes
    private static string Route(HttpRequest request)
    {
        var path = request.Path.Value ?? "/";
        return $"{request.Method} {(path.Length <= MaxPathLength ? path : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path))))}";
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

/// <summary>On an endpoint: keys are ignored. For answers that are streams.</summary>
internal sealed class WithoutIdempotency;
