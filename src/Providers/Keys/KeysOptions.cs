using System.ComponentModel.DataAnnotations;

namespace Providers.Keys;

/// <summary>Section <c>Keys</c>: keys of vendors that workspaces bring along.</summary>
public sealed class KeysOptions
{
    public const string Section = "Keys";

    /// <summary>
    /// Folder of the key ring that such keys are encrypted with (ASP.NET Data Protection); the same for every service that takes them or calls vendors, and not
    /// in the database, whose copies must not be enough to read them. Without it no workspace can bring a key. Default not set.
    /// </summary>
    public string Ring { get; set; } = "";

    /// <summary>How often a service looks whether keys have changed. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan ReadEvery { get; set; } = TimeSpan.FromSeconds(2);
}
