using System.ComponentModel.DataAnnotations;

namespace Gateway.Proxy;

/// <summary>Section <c>Proxy</c>.</summary>
internal sealed class ProxyOptions
{
    /// <summary>Largest request body in bytes; uploads are passed on as they come. Default 512 MB.</summary>
    [Range(1L, long.MaxValue)]
    public long MaxBodyBytes { get; set; } = 512L * 1024 * 1024;

    /// <summary>Longest silence of a request or stream before it is given up. Event streams beat every 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan ActivityTimeout { get; set; } = TimeSpan.FromSeconds(100);
}
