using System.ComponentModel.DataAnnotations;

namespace Gateway.Limits;

/// <summary>Section <c>RateLimits</c>. Requests are counted in token buckets: so many at once, filled up again at so many a minute.</summary>
internal sealed class RateLimitOptions
{
    /// <summary>Requests a minute of one key or session.</summary>
    [Range(1, 1_000_000)]
    public int PerMinute { get; set; } = 600;

    /// <summary>Requests at once of one key or session.</summary>
    [Range(1, 1_000_000)]
    public int Burst { get; set; } = 100;

    /// <summary>Reads of pictures and videos a minute of one key or session; a gallery asks for hundreds at once.</summary>
    [Range(1, 1_000_000)]
    public int MediaPerMinute { get; set; } = 12_000;

    /// <summary>Reads of pictures and videos at once.</summary>
    [Range(1, 1_000_000)]
    public int MediaBurst { get; set; } = 2_000;

    /// <summary>Requests a minute of one address without a credential, with a bad one, or with one that has to be looked up.</summary>
    [Range(1, 1_000_000)]
    public int AddressPerMinute { get; set; } = 600;

    /// <summary>Such requests at once.</summary>
    [Range(1, 1_000_000)]
    public int AddressBurst { get; set; } = 200;

    /// <summary>WebSockets and event streams held open at once by one key or session, on each gateway.</summary>
    [Range(1, 10_000)]
    public int Streams { get; set; } = 20;

    /// <summary>How long Redis may take before this gateway counts for itself.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:05")]
    public TimeSpan RedisTimeout { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long this gateway counts for itself before it asks Redis again.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan RedisPause { get; set; } = TimeSpan.FromSeconds(1);

    public Quota Key => new("burst", PerMinute, Burst);

    public Quota Media => new("media", MediaPerMinute, MediaBurst);

    public Quota Address => new("address", AddressPerMinute, AddressBurst);
}
