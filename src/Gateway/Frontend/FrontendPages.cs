using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using ServiceDefaults.OpenApi;
using ServiceDefaults.Problems;

namespace Gateway.Frontend;

/// <summary>
/// The built web app. Its paths and the API's share one origin, so its page answers a fixed list of paths and only those who ask for HTML;
/// its built files are under <c>/static</c>, since <c>/assets</c> is the API's.
/// </summary>
internal static class FrontendPages
{
    // Each names at once what it loads, and shows what it draws first.
    private static readonly (string Path, string File)[] Pages =
    [
        ("/", "start.html"), ("/playground", "playground.html"), ("/workflows", "workflows.html"), ("/workflows/{**rest}", "workflow.html"), ("/bulk", "bulk.html"), ("/library", "library.html"),
        ("/jobs", "jobs.html"), ("/jobs/{id}/{**rest}", "run.html"), ("/jobs/{id}/review/{**rest}", "review.html"), ("/settings/{**rest}", "settings.html"),
    ];

    private const string SignIn = "sign-in.html";

    public static void AddFrontend(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<FrontendOptions>().BindConfiguration("Frontend");
        builder.Services.AddResponseCompression(compression => compression.EnableForHttps = true);
    }

    public static void UseFrontendFiles(this WebApplication app)
    {
        if (RootOf(app) is not { } root)
        {
            return;
        }

        // Pages are had at their own addresses only.
        var files = new PhysicalFileProvider(root);
        var packed = new PackedFiles(files);
        var options = new StaticFileOptions
        {
            FileProvider = files,
            ContentTypeProvider = packed,
            OnPrepareResponse = file =>
            {
                Cache(file);
                PackedFiles.Describe(file);
            },
        };
        app.UseWhen(
            context => !context.Request.Path.Value!.EndsWith(".html", StringComparison.Ordinal),
            branch => branch.Use(packed.Choose).UseStaticFiles(options));
    }

    public static void MapFrontend(this WebApplication app)
    {
        var root = RootOf(app);
        foreach (var (path, name) in Pages)
        {
            app.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], (HttpContext context) => Send(context, root, name)).AllowAnonymous().ExcludeFromDescription();
        }
    }

    private static IResult Send(HttpContext context, string? root, string name)
    {
        context.Response.Headers.Vary = "Accept, Cookie";
        if (!WantsHtml(context.Request))
        {
            return Problem.NotFound("resource");
        }

        // Whether the session still holds is found by the app, which is the same in all of them.
        var file = root is null ? null : Path.Combine(root, context.Request.Cookies.ContainsKey(SecuritySchemes.SessionCookie) ? name : SignIn);
        if (!File.Exists(file))
        {
            return Problem.Other(404, "not-found", "Not found.", "The web app is not built here; the API is described at /docs.");
        }

        context.Response.Headers.CacheControl = "no-cache";
        return TypedResults.PhysicalFile(file, "text/html; charset=utf-8");
    }

    /// <summary>Browsers name text/html; <c>*/*</c> alone is a program.</summary>
    private static bool WantsHtml(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)
        && accepted.Any(type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase) && type.Quality is null or > 0);

    private static void Cache(StaticFileResponseContext file) =>
        file.Context.Response.Headers.CacheControl = file.Context.Request.Path.StartsWithSegments("/static") ? "public, max-age=31536000, immutable" : "no-cache";

    private static string? RootOf(WebApplication app)
    {
        var root = Path.GetFullPath(app.Services.GetRequiredService<IOptions<FrontendOptions>>().Value.Root, app.Environment.ContentRootPath);
        return Directory.Exists(root) ? root : null;
    }
}
