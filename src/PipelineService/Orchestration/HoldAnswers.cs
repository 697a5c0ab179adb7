using Contracts.Costs;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PipelineService.Pipelines;
using ServiceDefaults.Storage;

namespace PipelineService.Orchestration;

/// <summary>What is known of an attempt that money is held for, and of its item.</summary>
/// <param name="Current">The item's last attempt.</param>
/// <param name="Cost">All that the item has cost.</param>
/// <param name="OutputCost">The part of it that its own outputs cost; the rest came late.</param>
/// <param name="Late">Whether a result of this attempt came after the item's end.</param>
/// <param name="LateCount">Such results of all its attempts.</param>
internal readonly record struct HeldFacts(ItemStatus Status, int Attempt, int Current, decimal Cost, decimal OutputCost, bool Late, int LateCount);

/// <summary>Settlements of attempts that have ended, worked out from the ledger again.</summary>
internal sealed class HoldAnswers(LedgerCommit commit)
{
    /// <summary>What the attempt is to be settled at; null while it may still bring a result by itself. Pure.</summary>
    public static decimal? Amount(HeldFacts facts) => facts switch
    {
        { Late: true } => (facts.Cost - facts.OutputCost) / facts.LateCount,
        { Status: ItemStatus.Succeeded } when facts.Attempt == facts.Current => facts.LateCount == 0 ? facts.Cost : facts.OutputCost,
        _ when facts.Attempt < facts.Current || facts.Status.IsTerminal() => 0m,
        _ => null,
    };

    public Task AnswerAsync(HoldsOpen question, CancellationToken cancellationToken) => commit.RunAsync(
        async ledger =>
        {
            var steps = await ledger.Db.Steps.AsNoTracking()
                .Where(step => step.TenantId == question.TenantId && step.PipelineId == question.PipelineId)
                .ToDictionaryAsync(step => step.Id, cancellationToken);
            var settlements = await SettlementsAsync(ledger, question, steps, cancellationToken);
            if (settlements.Count > 0)
            {
                ledger.Publish(question.TenantId, new SettleItems(settlements));
            }

            return settlements.Count;
        },
        cancellationToken);

    private static async Task<List<ItemSettlement>> SettlementsAsync(
        LedgerTransaction ledger, HoldsOpen question, Dictionary<long, Step> steps, CancellationToken cancellationToken)
    {
        await using var command = ledger.Command(
            """
            with i as (select * from pipeline.items where id = any($3) and tenant_id = $1 and pipeline_id = $2),
            made as (
                select item_id, sum(cost) as cost, count(*) as count, max(model) as model from pipeline.outputs
                where tenant_id = $1 and step_id = any (array(select distinct step_id from i)) and item_id = any($3) group by item_id),
            late as (select item_id, attempt from pipeline.late_results where tenant_id = $1 and item_id = any($3))
            select i.id, a.attempt, i.step_id, i.status, i.attempt, i.actual_cost, coalesce(o.cost, 0), exists (select from late where late.item_id = i.id and late.attempt = a.attempt),
                (select count(*) from late where late.item_id = i.id), coalesce(o.count, 0), coalesce(i.provider, ''), i.quoted_cost, i.simulated, coalesce(i.finished_at, $5),
                coalesce(o.model, i.resolved->>'model')
            from unnest($3, $4) as a (item_id, attempt) join i on i.id = a.item_id left join made o on o.item_id = i.id
            """,
            question.TenantId, question.PipelineId, question.Attempts.Select(held => held.ItemId).ToArray(), question.Attempts.Select(held => held.Attempt).ToArray(), ledger.Now);
        var settlements = new List<ItemSettlement>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var facts = new HeldFacts(
                SnakeCase.Parse<ItemStatus>(reader.GetString(3)), reader.GetInt32(1), reader.GetInt32(4), reader.GetDecimal(5), reader.GetDecimal(6), reader.GetBoolean(7), (int)reader.GetInt64(8));
            if (Amount(facts) is { } amount && steps.TryGetValue(reader.GetInt64(2), out var step))
            {
                settlements.Add(new ItemSettlement(
                    question.TenantId, question.PipelineId, step.Id, reader.GetInt64(0), facts.Attempt, step.StepType,
                    reader.IsDBNull(14) ? step.Resolved?.Model : reader.GetString(14), reader.GetString(10), amount > 0 ? Math.Max(1, (int)reader.GetInt64(9)) : 0, amount,
                    reader.GetDecimal(11), reader.GetBoolean(12), reader.GetFieldValue<DateTimeOffset>(13)));
            }
        }

        return settlements;
    }
}
