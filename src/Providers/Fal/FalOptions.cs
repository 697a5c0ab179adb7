using System.ComponentModel.DataAnnotations;
using Providers.Http;

namespace Providers.Fal;

/// <summary>Section <c>Fal</c>: the vendor fal.ai. Set up when it has a key.</summary>
public sealed class FalOptions
{
    public const string Section = "Fal";

    /// <summary>The key, <c>id:secret</c>, for those who call fal. Comes from the environment (<c>FAL_KEY</c> for <c>./run dev</c>); never logged.</summary>
    public string Key { get; set; } = "";

    /// <summary>True where another service has the key and this one only plans what fal will do. Default false.</summary>
    public bool SetUp { get; set; }

    /// <summary>The queue. The key is sent to this origin and to <see cref="RestBaseUrl"/> alone. Default <c>https://queue.fal.run</c>.</summary>
    [Required]
    public Uri QueueBaseUrl { get; set; } = new("https://queue.fal.run");

    /// <summary>Where pictures are uploaded to. Default <c>https://rest.fal.ai</c>.</summary>
    [Required]
    public Uri RestBaseUrl { get; set; } = new("https://rest.fal.ai");

    /// <summary>
    /// Where fal shall say that a job has ended, as it reaches this system: <c>https://studio.example/webhooks/fal</c>, or the gateway's address alone. Results come a little sooner then; without it, and
    /// whenever a call is lost, fal is asked. Default not set.
    /// </summary>
    public Uri? WebhookUrl { get; set; }

    /// <summary>The keys that fal signs such calls with; <c>/.well-known/jwks.json</c> at <see cref="RestBaseUrl"/> unless told. Default not set.</summary>
    public Uri? JwksUrl { get; set; }

    /// <summary>Hosts that results are fetched from, with all below them; default <c>fal.media</c>. An address with a port, such as <c>127.0.0.1:5055</c> or <c>http://127.0.0.1:5055</c>, may be a private one.</summary>
    public IReadOnlyList<string> MediaHosts { get; set; } = [];

    /// <summary>Longest wait for an answer of the queue. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest time for one upload or download. Default 3 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan TransferTimeout { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>Largest picture taken from fal, in bytes. Default 64 MB.</summary>
    [Range(1, 1L << 32)]
    public long MaxImageBytes { get; set; } = 64L << 20;

    /// <summary>Largest video taken from fal, in bytes. Default 512 MB.</summary>
    [Range(1, 1L << 34)]
    public long MaxVideoBytes { get; set; } = 512L << 20;

    /// <summary>How long an uploaded source picture is used again before it is uploaded anew; fal is asked to keep it for an hour more. Default 12 hours.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "6.00:00:00")]
    public TimeSpan UploadLife { get; set; } = TimeSpan.FromHours(12);

    /// <summary>How long fal is asked to keep what it made; it is copied at once. Default 1 day.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan MediaLife { get; set; } = TimeSpan.FromDays(1);

    internal Uri Jwks => JwksUrl ?? new Uri(RestBaseUrl, "/.well-known/jwks.json");

    /// <summary>Whether this process may name fal as a provider.</summary>
    internal bool IsSetUp => Key.Length > 0 || SetUp;

    /// <summary>Names, or addresses with their ports.</summary>
    internal IReadOnlyList<string> AllowedHosts => VendorDownloads.Hosts(MediaHosts, "fal.media");
}
