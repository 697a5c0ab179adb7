namespace Gateway.Limits;

/// <summary>The answer of a bucket.</summary>
/// <param name="Tokens">What is left, with its fraction.</param>
internal readonly record struct Verdict(Quota Quota, bool Allowed, double Tokens)
{
    /// <summary>Seconds until the next request is taken, rounded up, at least 1.</summary>
    public int RetryAfterSeconds => Math.Max(1, (int)Math.Ceiling((1 - Tokens) / Quota.PerSecond));

    /// <summary><c>RateLimit-Policy</c> (draft-ietf-httpapi-ratelimit-headers): the flow, and the bucket as what may come within the time it takes to fill.</summary>
    public string PolicyHeader => $"\"sustained\";q={Quota.PerMinute};w=60, \"{Quota.Name}\";q={Quota.Burst};w={Quota.FillSeconds}";

    /// <summary><c>RateLimit</c>: what is left now, and the seconds until it is full again.</summary>
    public string RemainingHeader => $"\"{Quota.Name}\";r={(int)Math.Floor(Math.Max(0, Tokens))};t={(int)Math.Ceiling((Quota.Burst - Tokens) / Quota.PerSecond)}";
}
