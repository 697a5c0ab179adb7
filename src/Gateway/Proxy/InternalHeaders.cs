using System.Net;
using Microsoft.AspNetCore.Http.Features;
using ServiceDefaults.Identity;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Gateway.Proxy;

/// <summary>Between the gateway and a service only the internal token says who is calling.</summary>
internal static class InternalHeaders
{
    private static readonly string[] Dropped = ["Authorization", "Proxy-Authorization", "Cookie", "Forwarded", "X-Real-IP"];
    private static readonly string[] DroppedPrefixes = ["X-Internal-", "X-Forwarded-", "X-Original-"];

    public static void Replace(TransformBuilderContext transforms)
    {
        var tokens = transforms.Services.GetRequiredService<InternalToken>();
        transforms.AddRequestTransform(transform =>
        {
            var headers = transform.ProxyRequest.Headers;
            foreach (var name in headers.Select(header => header.Key).Where(IsDropped).ToList())
            {
                headers.Remove(name);
            }

            if (Caller.From(transform.HttpContext.User) is { } caller)
            {
                headers.TryAddWithoutValidation("Authorization", "Bearer " + tokens.Issue(caller));
            }

            return ValueTask.CompletedTask;
        });
        transforms.AddResponseTransform(transform =>
        {
            // The caller is known here; a service that does not believe it is set up wrongly, and asking the caller to sign in would not help.
            if (transform.ProxyResponse is { StatusCode: HttpStatusCode.Unauthorized })
            {
                transform.SuppressResponseBody = true;
                transform.HttpContext.Features.Set(new Distrusted());
            }

            // An error without a word becomes a problem further out, which takes over only what has no length yet.
            if (transform.ProxyResponse is { IsSuccessStatusCode: false, Content.Headers.ContentLength: 0 })
            {
                transform.HttpContext.Response.ContentLength = null;
            }

            transform.HttpContext.Response.Headers.Remove("Server");
            return ValueTask.CompletedTask;
        });
    }

    private static bool IsDropped(string name) =>
        Dropped.Contains(name, StringComparer.OrdinalIgnoreCase) || DroppedPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>A service answered 401 to the internal token.</summary>
    internal sealed record Distrusted;
}
