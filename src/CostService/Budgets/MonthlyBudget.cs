namespace CostService.Budgets;

/// <summary>Where a workspace's money stands in a calendar month (UTC). US dollars; simulated money does not count.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Limit">What may be held and spent in it; null without a limit.</param>
/// <param name="Held">Set aside for what is being made now.</param>
/// <param name="Left">What may still be held, never less than 0; null without a limit.</param>
internal sealed record MonthlyBudget(DateOnly Month, string Currency, decimal? Limit, decimal Held, decimal Spent, decimal? Left)
{
    public static MonthlyBudget Of(DateOnly month, decimal? limit, decimal held, decimal spent) =>
        new(month, "USD", limit, held, spent, limit is { } most ? Math.Max(0, most - held - spent) : null);
}
