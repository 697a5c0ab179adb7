using System.Globalization;
using System.Reflection;

namespace PipelineService.Pipelines;

/// <summary>A resource's version as its ETag.</summary>
internal static class ETags
{
    public static void Set(HttpResponse response, int version) => response.Headers.ETag = Of(version);

    public static string Of(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
}

/// <summary>The If-Match header of a request. An endpoint takes it as a parameter.</summary>
/// <param name="Tags">Empty when there is no such header.</param>
internal sealed record IfMatch(IReadOnlyList<string> Tags)
{
    /// <summary>True without a header, too: then the caller takes what is there.</summary>
    public bool Holds(int version) => Tags.Count == 0 || Tags.Contains("*") || Tags.Contains(ETags.Of(version));

    /// <summary>The version that was seen; null where that cannot be told.</summary>
    public int? Seen => Tags is [var tag] && int.TryParse(tag.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;

    public static ValueTask<IfMatch?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        // A proxy that compresses may have made the tag weak; the version is the same.
        var tags = context.Request.Headers.IfMatch.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return ValueTask.FromResult<IfMatch?>(new IfMatch([.. tags.Select(tag => tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag)]));
    }
}
