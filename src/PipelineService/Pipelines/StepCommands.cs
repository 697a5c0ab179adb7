using Microsoft.EntityFrameworkCore;
using PipelineService.Orchestration;
using PipelineService.Pipelines.Drafts;
using PipelineService.Storage;

namespace PipelineService.Pipelines;

/// <summary>What a person does with one step once it has run: edit, approve, retry, rerun.</summary>
internal sealed class StepCommands(PipelineDbContext db, PipelineCommands commands, StepReview review)
{
    private static readonly string[] ReviewFields = ["outputs", "add"];
    private static readonly string[] RetryFields = ["item_ids"];
    private static readonly string[] RerunFields = ["seed"];

    public Task<CommandResult> EditAsync(StepAddress address, StepChange change, CancellationToken cancellationToken) =>
        OnStepAsync(
            address,
            async (run, step) =>
            {
                if (step.Status != StepStatus.Review)
                {
                    return new CommandResult.Refused($"Outputs can be edited while the step is in review; this one is {ServiceDefaults.Storage.SnakeCase.Word(step.Status)}.");
                }

                var faults = new Faults();
                faults.Unknown(string.Empty, change.Unknown, ["config", .. ReviewFields]);
                return await review.EditAsync(run, step, change.Outputs ?? [], change.Add ?? [], approving: false, faults, cancellationToken) is { } wrong
                    ? new CommandResult.Invalid(wrong)
                    : new CommandResult.Done(run.Pipeline, run.Steps);
            },
            cancellationToken);

    public Task<CommandResult> ApproveAsync(StepAddress address, ReviewRequest? request, CancellationToken cancellationToken) =>
        OnStepAsync(
            address,
            async (run, step) =>
            {
                var decision = PipelineDecisions.Approve(await run.StateAsync(cancellationToken), step.Id);
                if (decision.Refusal is { } why)
                {
                    return new CommandResult.Refused(why);
                }

                var faults = new Faults();
                faults.Unknown(string.Empty, request?.Unknown, ReviewFields);
                if (await review.EditAsync(run, step, request?.Outputs ?? [], request?.Add ?? [], approving: true, faults, cancellationToken) is { } wrong)
                {
                    return new CommandResult.Invalid(wrong);
                }

                // What goes on is read back from the database.
                await run.Db.SaveChangesAsync(cancellationToken);
                return await commands.DoAsync(run, decision, cancellationToken);
            },
            cancellationToken);

    public Task<CommandResult> RetryAsync(StepAddress address, RetryRequest? request, CancellationToken cancellationToken) =>
        OnStepAsync(
            address,
            async (run, step) =>
            {
                var faults = new Faults();
                faults.Unknown(string.Empty, request?.Unknown, RetryFields);
                if (request?.ItemIds is { } ids)
                {
                    await CheckFailedAsync(run, step, ids, faults, cancellationToken);
                }

                return faults.Any
                    ? new CommandResult.Invalid(faults.ToDictionary())
                    : await commands.DoAsync(run, PipelineDecisions.Retry(await run.StateAsync(cancellationToken), step.Id, request?.ItemIds), cancellationToken);
            },
            cancellationToken);

    public Task<CommandResult> RerunAsync(StepAddress address, long itemId, bool cascade, RerunRequest? request, CancellationToken cancellationToken) =>
        OnStepAsync(
            address,
            async (run, step) =>
            {
                var status = await db.Items.Where(item => item.Id == itemId && item.StepId == step.Id && item.TenantId == step.TenantId)
                    .Select(item => (ItemStatus?)item.Status).SingleOrDefaultAsync(cancellationToken);
                if (status is null)
                {
                    return new CommandResult.NotFound("item");
                }

                var faults = new Faults();
                faults.Unknown(string.Empty, request?.Unknown, RerunFields);
                faults.Range("/seed", request?.Seed, 0, StepChecks.MaxSeed);
                if (faults.Any)
                {
                    return new CommandResult.Invalid(faults.ToDictionary());
                }

                if (status != ItemStatus.Succeeded)
                {
                    return new CommandResult.Refused($"Only an item that succeeded can be rerun; this one is {ServiceDefaults.Storage.SnakeCase.Word(status.Value)}. Failed items are retried.");
                }

                var seed = request?.Seed ?? Random.Shared.NextInt64(StepChecks.MaxSeed);
                return await commands.DoAsync(run, PipelineDecisions.Rerun(await run.StateAsync(cancellationToken), step.Id, itemId, seed, cascade), cancellationToken);
            },
            cancellationToken);

    private Task<CommandResult> OnStepAsync(StepAddress address, Func<RunTransaction, Step, Task<CommandResult>> work, CancellationToken cancellationToken) =>
        commands.LockedAsync(
            address.TenantId, address.PipelineId,
            async run => run.Steps.FirstOrDefault(step => step.Id == address.StepId) switch
            {
                null => new CommandResult.NotFound("step"),
                { } step when !address.IfMatch.Holds(step.Version) => new CommandResult.Stale(step.Version),
                { } step => await work(run, step),
            },
            cancellationToken);

    private static async Task CheckFailedAsync(RunTransaction run, Step step, IReadOnlyList<long> ids, Faults faults, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            faults.Add("/item_ids", "Name at least one failed item, or leave it out to retry all of them.");
        }

        var asked = ids.ToArray();
        var failed = (await run.Db.Items
            .Where(item => item.StepId == step.Id && item.TenantId == step.TenantId && item.Status == ItemStatus.Failed && asked.Contains(item.Id))
            .Select(item => item.Id).ToListAsync(cancellationToken)).ToHashSet();
        for (var index = 0; index < asked.Length; index++)
        {
            if (!failed.Contains(asked[index]))
            {
                faults.Add($"/item_ids/{index}", $"Item {asked[index]} is no failed item of this step. Failed ones are listed at items?status=failed.");
            }
        }
    }
}

/// <param name="IfMatch">The version the caller has seen.</param>
internal sealed record StepAddress(long TenantId, long PipelineId, long StepId, IfMatch IfMatch);
