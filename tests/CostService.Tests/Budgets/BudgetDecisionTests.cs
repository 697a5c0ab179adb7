using CostService.Budgets;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace CostService.Tests.Budgets;

public sealed class BudgetDecisionTests
{
    [Fact]
    public void Without_caps_all_fit() => Assert.Equal((2, 5m, null), BudgetDecision.Grant([2, 3], null, null));

    [Fact]
    public void A_pipeline_that_is_over_its_cap_takes_nothing_more() => Assert.Equal((0, 0m, RefusedBy.PipelineBudget), BudgetDecision.Grant([0.1m], -1, null));

    [Fact]
    public void The_pipelines_budget_is_asked_before_the_tenants() => Assert.Equal((1, 1m, RefusedBy.PipelineBudget), BudgetDecision.Grant([1, 1], 1, 1));

    [Fact]
    public void What_is_granted_fits_and_the_next_would_not() => Check((amounts, pipeline, tenant) =>
    {
        var (count, sum, refusedBy) = BudgetDecision.Grant(amounts, pipeline, tenant);
        var fits = count == 0 || (!(sum > pipeline) && !(sum > tenant));
        var next = count < amounts.Count ? sum + amounts[count] : (decimal?)null;
        return fits && sum == amounts.Take(count).Sum() && (next is null ? refusedBy is null : next > pipeline || next > tenant);
    });

    [Fact]
    public void The_refuser_is_the_one_whose_cap_the_next_would_break() => Check((amounts, pipeline, tenant) =>
    {
        var (count, sum, refusedBy) = BudgetDecision.Grant(amounts, pipeline, tenant);
        return refusedBy switch
        {
            RefusedBy.PipelineBudget => sum + amounts[count] > pipeline,
            RefusedBy.TenantBudget => sum + amounts[count] > tenant && !(sum + amounts[count] > pipeline),
            _ => count == amounts.Count,
        };
    });

    private static void Check(Func<IReadOnlyList<decimal>, decimal?, decimal?, bool> holds)
    {
        var amount = Gen.Choose(0, 1_000_000).Select(micros => micros / 1_000_000m);
        var left = Gen.OneOf(Gen.Constant<decimal?>(null), Gen.Choose(-1_000_000, 10_000_000).Select(micros => (decimal?)(micros / 1_000_000m)));
        var samples = from amounts in amount.ListOf() from pipeline in left from tenant in left select (amounts, pipeline, tenant);
        Prop.ForAll(samples.ToArbitrary(), sample => holds([.. sample.amounts], sample.pipeline, sample.tenant)).QuickCheckThrowOnFailure();
    }
}
