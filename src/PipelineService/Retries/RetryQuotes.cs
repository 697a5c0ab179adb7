using System.Text.Json;
using Contracts.Costs.Grpc;
using Contracts.Generation;
using Microsoft.EntityFrameworkCore;
using PipelineService.Estimates;
using PipelineService.Orchestration;
using PipelineService.Pipelines;
using PipelineService.Storage;
using ServiceDefaults;
using ServiceDefaults.Grpc;

namespace PipelineService.Retries;

/// <summary>Prices of items that are to be made again, with or without a change.</summary>
internal sealed class RetryQuotes(PipelineDbContext db, Quoting quoting, CostClient costs)
{
    /// <returns>Prices of every kind among them, or why one has none.</returns>
    public async Task<(IReadOnlyList<RetryPrice> Prices, string? Unpriced)> PricesAsync(
        IReadOnlyList<Step> steps, IReadOnlyList<FailedGroup> groups, IReadOnlyDictionary<long, ItemChange> changes, CancellationToken cancellationToken)
    {
        var kinds = groups.Select(group => (group.StepId, group.Resolved, group.ServedBy)).Distinct()
            .Select(kind => (kind.StepId, kind.Resolved, kind.ServedBy, Step: steps.Single(step => step.Id == kind.StepId))).ToList();
        var quotes = await quoting.UnitsAsync(
            [.. kinds.Select(kind => (kind.Step.StepType, Asked(kind.Step, kind.Resolved, changes), Maker(kind.Step, kind.ServedBy, changes)))], cancellationToken);
        var unpriced = quotes.FirstOrDefault(line => line.Error is not null);
        return unpriced is not null
            ? ([], $"{unpriced.StepType} has no price: {unpriced.Error}")
            : ([.. kinds.Select((kind, index) => new RetryPrice(kind.StepId, kind.Resolved, kind.ServedBy, quotes[index].UnitPrice))], null);
    }

    /// <returns>Null when one of them has no price yet.</returns>
    public static IReadOnlyList<PricedGroup>? Price(
        IReadOnlyList<Step> steps, IReadOnlyList<FailedGroup> groups, IReadOnlyList<RetryPrice> prices, IReadOnlyDictionary<long, ItemChange> changes)
    {
        var known = prices.ToDictionary(price => (price.StepId, price.Resolved, price.ServedBy), price => price.UnitPrice);
        return groups.Any(group => !known.ContainsKey((group.StepId, group.Resolved, group.ServedBy)))
            ? null
            : [.. groups.Select(group => (Group: group, Step: steps.Single(step => step.Id == group.StepId))).Select(one => new PricedGroup(
                one.Group, one.Step, Asked(one.Step, one.Group.Resolved, changes), Maker(one.Step, one.Group.ServedBy, changes),
                known[(one.Group.StepId, one.Group.Resolved, one.Group.ServedBy)]))];
    }

    public async Task<RetryQuoteView> ViewAsync(
        Pipeline pipeline, IReadOnlyList<FailedGroup> groups, IReadOnlyList<RetryLineView> lines, IReadOnlyList<string> warnings, CancellationToken cancellationToken)
    {
        var total = RetryPricing.Total(lines);
        decimal? left = null;
        if (pipeline.BudgetUsd is { } budget)
        {
            var spend = await costs.GetPipelineSpendAsync(new PipelineSpendRequest { TenantId = pipeline.TenantId, PipelineId = pipeline.Id }, cancellationToken);
            var waiting = await db.Items
                .Where(item => item.PipelineId == pipeline.Id && item.TenantId == pipeline.TenantId && item.Open && item.Status == ItemStatus.Queued)
                .SumAsync(item => item.QuotedCost, cancellationToken);
            left = budget - Quoting.Number(spend.Spent) - Quoting.Number(spend.Held) - waiting;
        }

        return new RetryQuoteView(
            Money.Currency, groups.Sum(group => group.Items), groups.Where(group => FailedItems.MayHaveBeenBought(group.Code)).Sum(group => group.Items),
            [.. groups.Where(group => group.Code.Length > 0).GroupBy(group => group.Code)
                .Select(same => new RetryReasonView(same.Key, same.Sum(group => group.Items), same.Any(group => group.Retryable)))
                .OrderByDescending(reason => reason.Items).ThenBy(reason => reason.Code, StringComparer.Ordinal)],
            lines, total, Money.Display(total), Money.Plain(pipeline.BudgetUsd), Money.Plain(left), total > left, warnings);
    }

    private static string? Maker(Step step, string? servedBy, IReadOnlyDictionary<long, ItemChange> changes) =>
        changes.GetValueOrDefault(step.Id)?.Provider ?? servedBy ?? step.Provider;

    private static GenerationParameters? Asked(Step step, string? resolved, IReadOnlyDictionary<long, ItemChange> changes) =>
        changes.GetValueOrDefault(step.Id)?.Resolved ?? (resolved is null ? step.Resolved : JsonSerializer.Deserialize<GenerationParameters>(resolved, PipelineJson.Options));
}
