using System.ComponentModel.DataAnnotations;

namespace Providers.OpenAi;

/// <summary>Section <c>OpenAI</c>: the vendor OpenAI. Set up when it has a key.</summary>
public sealed class OpenAiOptions
{
    public const string Section = "OpenAI";

    /// <summary>The key, for those who call OpenAI. Comes from the environment (<c>OPENAI_API_KEY</c> for <c>./run dev</c>); never logged. Default not set.</summary>
    [RegularExpression("[!-~]*", ErrorMessage = "OpenAI:ApiKey holds a blank or a letter that no key has.")]
    public string ApiKey { get; set; } = "";

    /// <summary>True where another service has the key and this one only plans what OpenAI will do. Default false.</summary>
    public bool SetUp { get; set; }

    /// <summary>Where OpenAI is, up to its version; <c>/v1</c> is added where an address has no path. The key is sent there alone. Default <c>https://api.openai.com/v1</c>.</summary>
    [Required]
    public Uri BaseUrl { get; set; } = new("https://api.openai.com/v1");

    /// <summary>Longest wait for a picture, its transfer included; keep it below <c>Worker:CallTimeout</c>. What comes later may have been bought. Default 4 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ImageTimeout { get; set; } = TimeSpan.FromMinutes(4);

    /// <summary>Largest picture taken from OpenAI, in bytes. Default 64 MB.</summary>
    [Range(1, 1L << 32)]
    public long MaxImageBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>Whether this process may name OpenAI as a provider.</summary>
    internal bool IsSetUp => ApiKey.Length > 0 || SetUp;

    /// <param name="path">For example <c>images/edits</c>.</param>
    internal Uri Address(string path) => new(Api.AbsoluteUri.TrimEnd('/') + "/" + path);

    internal Uri Api => WithVersion(BaseUrl);

    internal static Uri WithVersion(Uri address) => address.AbsolutePath == "/" ? new Uri(address, "/v1") : address;
}
