using System.ComponentModel.DataAnnotations;

namespace PipelineService.Assets;

/// <summary>Section <c>Assets</c>: how much one call may bring in or take out, and which addresses pictures may be fetched from.</summary>
public sealed class AssetsOptions
{
    public const string Section = "Assets";

    /// <summary>Largest body of one upload in bytes. Default 1 GB.</summary>
    [Range(1024, 1L << 40)]
    public long MaxUploadBytes { get; set; } = 1L << 30;

    /// <summary>Most files of one upload, those inside ZIP archives included. Default 500.</summary>
    [Range(1, 100_000)]
    public int MaxFiles { get; set; } = 500;

    /// <summary>Most bytes that the ZIP archives of one upload may unpack to. Default 2 GB.</summary>
    [Range(1024, 1L << 40)]
    public long MaxUnpackedBytes { get; set; } = 2L << 30;

    /// <summary>Most unpacked bytes for one packed byte of a file in a ZIP; it counts from 1 MB on. Default 200.</summary>
    [Range(1, 100_000)]
    public int MaxZipRatio { get; set; } = 200;

    /// <summary>Pictures of one upload that are checked and stored at the same time. Default 2.</summary>
    [Range(1, 64)]
    public int StoreParallelism { get; set; } = 2;

    /// <summary>Most addresses of one import. Default 100.</summary>
    [Range(1, 10_000)]
    public int MaxImportUrls { get; set; } = 100;

    /// <summary>Addresses of one import that are fetched at the same time. Default 4.</summary>
    [Range(1, 64)]
    public int ImportParallelism { get; set; } = 4;

    /// <summary>Longest time to fetch one address, redirects included. Default 20 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan ImportTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Most redirects that are followed for one address. Default 5.</summary>
    [Range(0, 20)]
    public int MaxRedirects { get; set; } = 5;

    /// <summary>
    /// Addresses (<c>10.0.0.5:8443</c>) that may be fetched from although they are not on the public internet. Default none.
    /// </summary>
    public string[] TrustedEndpoints { get; set; } = [];

    /// <summary>How long what was deleted stays in the trash before it is really removed. Default 30 days; zero: until the next round.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00")]
    public TimeSpan TrashFor { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How often the trash is looked through for what has been there long enough. Default 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan SweepTrashEvery { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Most tags of an asset. Default 50.</summary>
    [Range(0, 1000)]
    public int MaxTags { get; set; } = 50;

    /// <summary>Longest tag in characters. Default 50.</summary>
    [Range(1, 200)]
    public int MaxTagChars { get; set; } = 50;

    /// <summary>Most collections of a workspace. Default 1,000.</summary>
    [Range(1, 100_000)]
    public int MaxCollections { get; set; } = 1000;

    /// <summary>Longest name of a collection in characters. Default 100.</summary>
    [Range(1, 200)]
    public int MaxCollectionChars { get; set; } = 100;

    /// <summary>Most assets of one deletion, restoration, change or download. Default 1,000.</summary>
    [Range(1, 100_000)]
    public int MaxSelection { get; set; } = 1000;
}
