namespace Gateway.Limits;

/// <summary>The size of a token bucket.</summary>
/// <param name="Name">As clients see it in the headers.</param>
/// <param name="PerMinute">Tokens that flow in.</param>
/// <param name="Burst">Tokens it holds.</param>
internal readonly record struct Quota(string Name, int PerMinute, int Burst)
{
    public double PerSecond => PerMinute / 60.0;

    /// <summary>Seconds in which an empty bucket is full again, rounded up.</summary>
    public int FillSeconds => (int)Math.Ceiling(Burst / PerSecond);
}
