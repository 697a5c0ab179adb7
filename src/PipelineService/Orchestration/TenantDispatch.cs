namespace PipelineService.Orchestration;

/// <summary>One tenant's part in a lane.</summary>
public sealed class TenantDispatch
{
    /// <summary>0.01 to 1,000; without it the default weight.</summary>
    public double? Weight { get; set; }

    /// <summary>1 to 1,000,000; without it the limit of all tenants.</summary>
    public int? MaxInFlight { get; set; }
}

/// <param name="MaxInFlight">Most items in flight in a lane.</param>
public readonly record struct TenantShare(double Weight, int MaxInFlight);
