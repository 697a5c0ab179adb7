using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Gateway.Frontend;

/// <summary>
/// Built files that were compressed at build time (<c>app.js.br</c>, <c>app.js.gz</c> beside <c>app.js</c>) are sent so to whoever takes them.
/// Response compression packs lightly, at every request; a file that is built once can be packed as hard as it goes.
/// </summary>
internal sealed class PackedFiles(IFileProvider files) : IContentTypeProvider
{
    private static readonly (string Encoding, string Ending)[] Forms = [("br", ".br"), ("gzip", ".gz")];
    private readonly FileExtensionContentTypeProvider _types = new();

    /// <summary>Points the request at the best form that its client takes, while the files answer.</summary>
    public async Task Choose(HttpContext context, RequestDelegate next)
    {
        var asked = context.Request.Path;
        context.Request.Path = asked + BestFor(context.Request);
        await next(context);
        context.Request.Path = asked;
    }

    /// <summary>Says how the file that is being sent is packed.</summary>
    public static void Describe(StaticFileResponseContext file)
    {
        if (FormOf(file.File.Name) is not { } form)
        {
            return;
        }

        file.Context.Response.Headers.ContentEncoding = form.Encoding;
        file.Context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
    }

    /// <summary>The kind of what is within.</summary>
    public bool TryGetContentType(string subpath, [MaybeNullWhen(false)] out string contentType) =>
        _types.TryGetContentType(FormOf(subpath) is { } form ? subpath[..^form.Ending.Length] : subpath, out contentType);

    private string BestFor(HttpRequest request)
    {
        if (!request.Path.StartsWithSegments("/static") || !StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var accepted))
        {
            return string.Empty;
        }

        return Forms.FirstOrDefault(form => accepted.Any(one => Takes(one, form.Encoding)) && files.GetFileInfo(request.Path + form.Ending).Exists).Ending ?? string.Empty;
    }

    private static bool Takes(StringWithQualityHeaderValue accepted, string encoding) => accepted.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase) && accepted.Quality is null or > 0;

    private static (string Encoding, string Ending)? FormOf(string name) => Array.Find(Forms, form => name.EndsWith(form.Ending, StringComparison.Ordinal)) is { Ending: not null } form ? form : null;
}
