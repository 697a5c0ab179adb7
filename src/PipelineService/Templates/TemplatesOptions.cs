using System.ComponentModel.DataAnnotations;

namespace PipelineService.Templates;

/// <summary>Section <c>Templates</c>: configurations that are kept to be used again.</summary>
public sealed class TemplatesOptions
{
    public const string Section = "Templates";

    /// <summary>Most templates of a workspace. Default 500.</summary>
    [Range(1, 100_000)]
    public int MaxTemplates { get; set; } = 500;

    /// <summary>Largest template in bytes of JSON. Default 262,144.</summary>
    [Range(1024, 16_777_216)]
    public int MaxBytes { get; set; } = 262_144;

    /// <summary>Longest description of a template in characters. Default 1,000.</summary>
    [Range(1, 10_000)]
    public int MaxDescriptionChars { get; set; } = 1000;
}
