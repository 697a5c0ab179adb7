using Contracts.Generation;
using Microsoft.EntityFrameworkCore;
using PipelineService.Estimates;
using PipelineService.Pipelines;
using PipelineService.Storage;
using ServiceDefaults;
using System.Text.Json;

namespace PipelineService.Retries;

/// <summary>Why items of a pipeline failed, and what another attempt costs. Reads only.</summary>
internal sealed class Failures(PipelineDbContext db, PipelineReading reading, Quoting quoting)
{
    /// <returns>Null when the tenant has no such pipeline.</returns>
    public async Task<FailureList?> FindAsync(long tenantId, long pipelineId, CancellationToken cancellationToken)
    {
        var steps = await reading.StepsAsync(tenantId, pipelineId, cancellationToken);
        if (steps.Count == 0)
        {
            return null;
        }

        var groups = await FailedItems.CountAsync(db, tenantId, [.. steps.Select(step => step.Id)], cancelled: false, FailedFilter.All, cancellationToken);
        var prices = await PricesAsync(steps, groups, cancellationToken);
        var newest = groups.Select(group => group.Newest).ToArray();
        var messages = await db.Items.Where(item => item.TenantId == tenantId && newest.Contains(item.Id))
            .Select(item => new { item.Id, item.ErrorMessage }).ToDictionaryAsync(item => item.Id, item => item.ErrorMessage, cancellationToken);
        var views = groups.GroupBy(group => (group.StepId, group.Code))
            .Select(same => View(steps.Single(step => step.Id == same.Key.StepId), [.. same], messages, prices))
            .ToList();
        var order = steps.ToDictionary(step => step.Id, step => step.StepOrder);
        var total = Sum(groups, prices);
        return new FailureList(
            [.. views.OrderBy(view => order[view.StepId]).ThenByDescending(view => view.Items).ThenBy(view => view.Code, StringComparer.Ordinal)],
            groups.Sum(group => group.Items), groups.Where(group => FailedItems.MayHaveBeenBought(group.Code)).Sum(group => group.Items),
            Money.Currency, Money.Plain(total), total is { } amount ? Money.Display(amount) : null);
    }

    private static FailureView View(
        Step step, List<FailedGroup> groups, Dictionary<long, string?> messages, Dictionary<Kind, decimal?> prices)
    {
        var newest = groups.MaxBy(group => group.Newest)!;
        var amount = Sum(groups, prices);
        return new FailureView(
            step.Id, step.StepType, newest.Code, messages.GetValueOrDefault(newest.Newest) ?? string.Empty, groups.Exists(group => group.Retryable),
            FailedItems.MayHaveBeenBought(newest.Code), groups.Sum(group => group.Items), groups.Sum(group => group.Units), newest.Newest, groups.Max(group => group.LastAt),
            Money.Plain(amount), amount is { } known ? Money.Display(known) : null);
    }

    private async Task<Dictionary<Kind, decimal?>> PricesAsync(
        List<Step> steps, List<FailedGroup> groups, CancellationToken cancellationToken)
    {
        var kinds = groups.Select(Kind.Of).Distinct().ToList();
        var quotes = await quoting.UnitsAsync([.. kinds.Select(Asked)], cancellationToken);
        return kinds.Select((kind, index) => (kind, quotes[index])).ToDictionary(pair => pair.kind, pair => pair.Item2.Error is null ? pair.Item2.UnitPrice : (decimal?)null);

        (string StepType, GenerationParameters? Parameters, string? Provider) Asked(Kind kind)
        {
            var step = steps.Single(step => step.Id == kind.StepId);
            return (step.StepType, kind.Resolved is null ? step.Resolved : JsonSerializer.Deserialize<GenerationParameters>(kind.Resolved, PipelineJson.Options), kind.ServedBy ?? step.Provider);
        }
    }

    /// <summary>Null when one of them has no price: a sum without it would be wrong.</summary>
    private static decimal? Sum(List<FailedGroup> groups, Dictionary<Kind, decimal?> prices) =>
        groups.Aggregate((decimal?)0m, (sum, group) => sum + (prices[Kind.Of(group)] * group.Units));

    /// <summary>What has one price.</summary>
    private readonly record struct Kind(long StepId, string? Resolved, string? ServedBy)
    {
        public static Kind Of(FailedGroup group) => new(group.StepId, group.Resolved, group.ServedBy);
    }
}
