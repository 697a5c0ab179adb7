using System.ComponentModel.DataAnnotations;

namespace Gateway.Reference;

/// <summary>Section <c>Reference</c>.</summary>
internal sealed class ReferenceOptions
{
    /// <summary>How long the joined document is served before the services are asked again.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan CacheFor { get; set; } = TimeSpan.FromMinutes(1);
}
