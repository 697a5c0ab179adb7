using System.Globalization;

namespace PipelineService.Pipelines;

/// <summary>A resource's version as its ETag, and If-Match against it.</summary>
internal static class ETags
{
    public static void Set(HttpResponse response, int version) => response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>True when there is no If-Match, or one that names this version.</summary>
    public static bool Match(HttpRequest request, int version)
    {
        var header = request.Headers.IfMatch.ToString();
        return header.Length == 0
            || header.Split(',', StringSplitOptions.TrimEntries).Select(tag => tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag).Any(tag => tag == "*" || tag == string.Create(CultureInfo.InvariantCulture, $"\"{version}\""));
    }
}
