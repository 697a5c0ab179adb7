using System.ComponentModel.DataAnnotations;

namespace CostService.Budgets;

/// <summary>Section <c>Budgets</c>.</summary>
internal sealed class BudgetOptions
{
    public const string Section = "Budgets";

    /// <summary>US dollars a tenant may hold and spend in a calendar month (UTC); simulated money does not count. Default none.</summary>
    [Range(0, 1_000_000_000)]
    public decimal? TenantMonthlyUsd { get; set; }

    /// <summary>How long money stays held when nobody settles or releases it; longer than any generation takes. Default 24 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan HoldTtl { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How often holds past their time are looked for. Default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long money may be held before it is asked what became of its item, and how often; longer than settlements take to arrive. Default 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan AskAfter { get; set; } = TimeSpan.FromMinutes(5);
}
