namespace PipelineService.Assets;

/// <summary>Names for files in one folder: each once, also where case does not count.</summary>
internal sealed class ArchiveNames
{
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    public ArchiveNames(params string[] reserved) => _taken.UnionWith(reserved);

    /// <summary><c>a.png</c>, then <c>a (2).png</c>.</summary>
    public string Unique(string name)
    {
        var clean = AssetName.Clean(name);
        var extension = Path.GetExtension(clean);
        var stem = clean[..^extension.Length];
        var unique = clean;
        for (var n = 2; !_taken.Add(unique); n++)
        {
            unique = $"{stem} ({n}){extension}";
        }

        return unique;
    }
}
