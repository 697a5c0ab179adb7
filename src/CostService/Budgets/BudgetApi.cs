using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Identity;
using ServiceDefaults.OpenApi;

namespace CostService.Budgets;

internal static class BudgetApi
{
    public static void MapBudget(this WebApplication app) => app.MapGet("/usage/budget", Read).WithName("get_budget").WithTags("Costs")
        .WithExample(200, """{ "month": "2026-11-01", "currency": "USD", "limit": 200, "held": 3.5, "spent": 41.225, "left": 155.275 }""");

    /// <summary>What the workspace may still spend this month. What is being made now is held until it is paid or has failed.</summary>
    private static async Task<Ok<MonthlyBudget>> Read(Caller caller, Ledger ledger, CancellationToken cancellationToken) =>
        TypedResults.Ok(await ledger.MonthAsync(caller.TenantId, cancellationToken));
}
