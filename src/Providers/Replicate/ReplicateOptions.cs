using System.ComponentModel.DataAnnotations;
using Providers.Http;

namespace Providers.Replicate;

/// <summary>Section <c>Replicate</c>: the vendor Replicate. Set up when it has a token.</summary>
public sealed class ReplicateOptions
{
    public const string Section = "Replicate";

    /// <summary>The API token, for those who call Replicate. Comes from the environment (<c>REPLICATE_API_TOKEN</c> for <c>./run dev</c>); never logged.</summary>
    public string Token { get; set; } = "";

    /// <summary>True where another service has the token and this one only plans what Replicate will do. Default false.</summary>
    public bool SetUp { get; set; }

    /// <summary>The API. The token is sent to this origin alone. Default <c>https://api.replicate.com</c>.</summary>
    [Required]
    public Uri BaseUrl { get; set; } = new("https://api.replicate.com");

    /// <summary>
    /// Where Replicate shall say that a prediction has ended, as it reaches this system: <c>https://studio.example/webhooks/replicate</c>, or the gateway's address alone. Without it, and whenever a call is
    /// lost, Replicate is asked. Default not set.
    /// </summary>
    public Uri? WebhookUrl { get; set; }

    /// <summary>What Replicate signs such calls with, <c>whsec_…</c>; needed with <see cref="WebhookUrl"/>. Never logged. Default empty.</summary>
    public string WebhookSecret { get; set; } = "";

    /// <summary>Hosts that results are fetched from, with all below them; default <c>replicate.delivery</c>. An address with a port, such as <c>127.0.0.1:5055</c> or <c>http://127.0.0.1:5055</c>, may be a private one.</summary>
    public IReadOnlyList<string> MediaHosts { get; set; } = [];

    /// <summary>Longest wait for an answer of the API. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest time for one upload or download. Default 3 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan TransferTimeout { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>Largest picture taken from Replicate, in bytes. Default 64 MB.</summary>
    [Range(1, 1L << 32)]
    public long MaxImageBytes { get; set; } = 64L << 20;

    /// <summary>Largest video taken from Replicate, in bytes. Default 512 MB.</summary>
    [Range(1, 1L << 34)]
    public long MaxVideoBytes { get; set; } = 512L << 20;

    /// <summary>Source pictures of up to so many bytes go within the request; larger ones are uploaded. Replicate advises 256 KB at most. Default 256 KB.</summary>
    [Range(0, 5 << 20)]
    public int InlineBytes { get; set; } = 256 << 10;

    /// <summary>How long an uploaded source picture is used again before it is uploaded anew, if Replicate keeps it for so long: it deletes files after a day. Default 12 hours.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "23:00:00")]
    public TimeSpan UploadLife { get; set; } = TimeSpan.FromHours(12);

    /// <summary>Whether this process may name Replicate as a provider.</summary>
    internal bool IsSetUp => Token.Length > 0 || SetUp;

    /// <summary>Names, or addresses with their ports.</summary>
    internal IReadOnlyList<string> AllowedHosts => VendorDownloads.Hosts(MediaHosts, "replicate.delivery");
}
