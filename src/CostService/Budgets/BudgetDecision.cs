namespace CostService.Budgets;

/// <summary>Decides how many of the asked holds fit.</summary>
internal static class BudgetDecision
{
    /// <param name="amounts">In the order in which they are to be granted.</param>
    /// <param name="pipelineLeft">What the pipeline's cap leaves; null without a cap. May be negative: a result dearer than its quote is booked all the same.</param>
    /// <param name="tenantLeft">What the tenant's cap leaves; null without a cap.</param>
    /// <returns>How many from the front fit, and whose budget refuses the next; the pipeline's is asked first.</returns>
    public static (int Count, decimal Sum, RefusedBy? RefusedBy) Grant(IReadOnlyList<decimal> amounts, decimal? pipelineLeft, decimal? tenantLeft)
    {
        var sum = 0m;
        for (var i = 0; i < amounts.Count; i++)
        {
            var next = sum + amounts[i];
            if (next > pipelineLeft)
            {
                return (i, sum, RefusedBy.PipelineBudget);
            }

            if (next > tenantLeft)
            {
                return (i, sum, RefusedBy.TenantBudget);
            }

            sum = next;
        }

        return (amounts.Count, sum, null);
    }
}
