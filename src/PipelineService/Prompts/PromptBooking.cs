using System.Security.Cryptography;
using Contracts.Costs;
using Contracts.Generation;
using PipelineService.Storage;
using Providers;
using ServiceDefaults.MassTransitEf;

namespace PipelineService.Prompts;

/// <summary>
/// Has what the prompt box spent booked in the ledger, as items of no pipeline (pipeline 0) with numbers below 0. It was answered already, so that nothing is held before;
/// the message waits in the outbox, so that it is not lost either.
/// </summary>
internal sealed class PromptBooking(PipelineDbContext db, OutboxSignal outbox, TimeProvider time)
{
    private const long NoPipeline = 0;

    /// <param name="results">With their costs.</param>
    public async Task BookAsync(long tenantId, IReadOnlyList<EnhancedSet> results)
    {
        List<ItemSettlement> spent = [.. results.Where(result => result is { Cached: false, Cost: > 0 }).Select(result => Settlement(tenantId, result))];
        if (spent.Count == 0)
        {
            return;
        }

        db.Add(Outbox.Message(tenantId, new SettleItems(spent), time.GetUtcNow()));
        // It is spent, whether anybody waits for the prompts or not.
        await db.SaveChangesAsync(CancellationToken.None);
        outbox.Set();
    }

    private ItemSettlement Settlement(long tenantId, EnhancedSet result) => new(
        tenantId, NoPipeline, NoPipeline, Number(), 1, StepTypes.PromptEnhance, null, result.Provider, result.Prompts.Count, result.Cost!.Value, result.Cost.Value,
        ProviderNames.IsSimulated(result.Provider), time.GetUtcNow());

    private static long Number() => -(BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) & (long.MaxValue >> 1)) - 1;
}
