using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace PipelineService.Orchestration;

/// <summary>Section <c>Dispatch</c>: how tenants share the lanes.</summary>
public sealed class DispatchOptions
{
    public const string Section = "Dispatch";

    /// <summary>Weight of a tenant that has none of its own: one with twice the weight has twice as much in flight when all have enough to do. Default 1.</summary>
    [Range(0.01, 1000)]
    public double Weight { get; set; } = 1;

    /// <summary>Most items of one tenant in flight in a lane. Default none.</summary>
    [Range(1, 1_000_000)]
    public int? MaxInFlightPerTenant { get; set; }

    /// <summary>Tenant id → its own weight and limit (<c>Dispatch__Tenants__42__Weight</c>, <c>Dispatch__Tenants__42__MaxInFlight</c>).</summary>
    public Dictionary<string, TenantDispatch> Tenants { get; set; } = [];

    /// <summary>What holds for a tenant.</summary>
    public TenantShare Of(long tenantId)
    {
        var own = Tenants.Count == 0 ? null : Tenants.GetValueOrDefault(tenantId.ToString(CultureInfo.InvariantCulture));
        return new TenantShare(own?.Weight ?? Weight, own?.MaxInFlight ?? MaxInFlightPerTenant ?? int.MaxValue);
    }

    /// <summary>Whether the overrides of tenants are in range.</summary>
    public bool TenantsAreValid() => Tenants.All(tenant =>
        long.TryParse(tenant.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _) && tenant.Value is { Weight: null or (>= 0.01 and <= 1000), MaxInFlight: null or (>= 1 and <= 1_000_000) });
}
