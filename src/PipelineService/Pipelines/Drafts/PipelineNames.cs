namespace PipelineService.Pipelines.Drafts;

/// <summary>Names for pipelines that were given none.</summary>
internal static class PipelineNames
{
    public const int Longest = 200;
    private const int Comfortable = 60;
    private const string Copy = " (copy)";

    /// <summary>The first words of the prompt, or a plain name.</summary>
    public static string From(string? prompt)
    {
        var line = string.Join(' ', (prompt ?? string.Empty).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        line = new string([.. line.Where(character => !char.IsControl(character))]);
        if (line.Length == 0)
        {
            return "Untitled";
        }

        return line.Length <= Comfortable ? line : Providers.Catalog.PromptLimit.Shorten(line, Comfortable) + "…";
    }

    public static string CopyOf(string name) =>
        name.EndsWith(Copy, StringComparison.Ordinal) ? name : (name.Length + Copy.Length <= Longest ? name : name[..(Longest - Copy.Length)]) + Copy;
}
