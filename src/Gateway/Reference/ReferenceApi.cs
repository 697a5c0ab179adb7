using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using ServiceDefaults.OpenApi;
using ServiceDefaults.Problems;

namespace Gateway.Reference;

/// <summary><c>/openapi.json</c> and the page that shows it, <c>/docs</c>.</summary>
internal static class ReferenceApi
{
    private static readonly Dictionary<string, string> Files = new(StringComparer.Ordinal)
    {
        ["reference.html"] = "text/html; charset=utf-8",
        ["reference.css"] = "text/css; charset=utf-8",
        ["reference.js"] = "text/javascript; charset=utf-8",
    };

    public static void AddReference(this WebApplicationBuilder builder)
    {
        builder.AddPipelineOpenApi("Gateway");
        builder.Services.AddOptions<ReferenceOptions>().BindConfiguration("Reference").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddHttpClient();
        builder.Services.AddSingleton<PublicDocument>();
    }

    public static void MapReference(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(string.Empty).AllowAnonymous().ExcludeFromDescription();
        group.MapGet("/openapi.json", Document);
        group.MapGet("/docs", () => Page("reference.html"));
        group.MapGet("/docs/{file}", Page);
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Document(HttpResponse response, PublicDocument document, CancellationToken cancellationToken)
    {
        if (await document.GetAsync(cancellationToken) is not { } served)
        {
            response.Headers.RetryAfter = "2";
            return Problem.Other(503, "unavailable", "Not available right now.", "A service has not described its part yet. Try again shortly.");
        }

        response.Headers.CacheControl = "no-cache";
        return TypedResults.File(served.Bytes, "application/json", entityTag: new EntityTagHeaderValue(served.ETag));
    }

    private static Results<FileStreamHttpResult, ProblemHttpResult> Page(string file) =>
        Files.TryGetValue(file, out var type) && typeof(ReferenceApi).Assembly.GetManifestResourceStream(file) is { } stream
            ? TypedResults.File(stream, type)
            : Problem.NotFound("page");
}
