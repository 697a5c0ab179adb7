using System.ComponentModel.DataAnnotations;

namespace Providers.OpenAi;

/// <summary>Section <c>OpenAI</c>: the vendor OpenAI. Set up when it has a key.</summary>
public sealed class OpenAiOptions
{
    public const string Section = "OpenAI";

    /// <summary>The key, for those who call OpenAI. Comes from the environment (<c>OPENAI_API_KEY</c> for <c>./run dev</c>); never logged.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>True where another service has the key and this one only plans. Default false.</summary>
    public bool SetUp { get; set; }

    /// <summary>The API; <c>/v1</c> is added where an address has no path. The key is sent to this origin alone. Default <c>https://api.openai.com/v1</c>.</summary>
    [Required]
    public Uri BaseUrl { get; set; } = new("https://api.openai.com/v1");

    internal Uri Api => WithVersion(BaseUrl);

    internal static Uri WithVersion(Uri address) => address.AbsolutePath == "/" ? new Uri(address, "/v1") : address;

    internal bool IsSetUp => ApiKey.Length > 0 || SetUp;
}
