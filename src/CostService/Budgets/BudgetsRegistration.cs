namespace CostService.Budgets;

internal static class BudgetsRegistration
{
    public static void AddBudgets(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<BudgetOptions>().BindConfiguration(BudgetOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<Ledger>();
        builder.Services.AddSingleton<Settlements>();
        builder.Services.AddHostedService<HoldSweeper>();
        builder.Services.AddHostedService<HoldInquiry>();
    }
}
