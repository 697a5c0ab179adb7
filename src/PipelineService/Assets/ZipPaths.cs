namespace PipelineService.Assets;

/// <summary>Judges the paths inside an archive. They only ever become display names, yet an archive that tries to climb out is told so.</summary>
internal static class ZipPaths
{
    /// <summary>Folders and what operating systems add by themselves.</summary>
    public static bool IsNoise(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return name.Length == 0 || name.StartsWith("._", StringComparison.Ordinal) || path.StartsWith("__MACOSX/", StringComparison.Ordinal)
            || name is ".DS_Store" or "Thumbs.db" or "desktop.ini";
    }

    /// <summary>Null, or why the file is not taken.</summary>
    public static string? Refusal(string path)
    {
        if (path.Length > 1024 || path.Contains('\0', StringComparison.Ordinal))
        {
            return "Its path in the archive is not valid.";
        }

        var parts = path.Split('/', '\\');
        var climbs = parts.Contains("..") || path[0] is '/' or '\\' || (path.Length > 1 && path[1] == ':');
        if (climbs)
        {
            return "Its path leads out of the archive.";
        }

        return path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? "An archive inside an archive is not unpacked." : null;
    }
}
