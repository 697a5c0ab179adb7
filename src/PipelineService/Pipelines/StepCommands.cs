using Microsoft.EntityFrameworkCore;
using PipelineService.Orchestration;
using PipelineService.Pipelines.Drafts;
using PipelineService.Reviews;
using PipelineService.Storage;

namespace PipelineService.Pipelines;

/// <summary>What a person does with one step once it has run: edit, approve, rerun, cancel an item.</summary>
internal sealed class StepCommands(PipelineDbContext db, PipelineCommands commands, StepReview review, RollingReview rolling)
{
    private static readonly string[] ReviewFields = ["outputs", "add"];
    private static readonly string[] ApproveFields = [.. ReviewFields, "unjudged"];
    private static readonly string[] RerunFields = ["seed"];

    public Task<CommandResult> EditAsync(StepAddress address, StepChange change, CancellationToken cancellationToken) =>
        OnStepAsync(
            address,
            async (run, step) =>
            {
                // A rating says how good something is, not what becomes of it.
                var ratings = change is { Add: null, Outputs.Count: > 0 } && change.Outputs.All(output => output is { Text: null, Selected: null, Verdict: null, Rating: not null });
                if (!ratings && !ReviewDecisions.Judges(PlanOfPipeline.HasCheckpoint(run.Pipeline, step), step.Status))
                {
                    if (await StepReview.IsSaidAsync(run, step, change, cancellationToken))
                    {
                        return new CommandResult.Done(run.Pipeline, run.Steps);
                    }

                    return new CommandResult.Refused($"Outputs can be edited while the step is in review, or runs towards one; this one is {ServiceDefaults.Storage.SnakeCase.Word(step.Status)}.");
                }

                var faults = new Faults();
                faults.Unknown(string.Empty, change.Unknown, ["config", .. ReviewFields]);
                if (await review.EditAsync(run, step, new ReviewEdits(change.Outputs ?? [], change.Add ?? [], address.By), faults, cancellationToken) is { } wrong)
                {
                    return new CommandResult.Invalid(wrong);
                }

                await rolling.GoOnAsync(run, step, cancellationToken);
                return new CommandResult.Done(run.Pipeline, run.Steps);
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
                faults.Unknown(string.Empty, request?.Unknown, ApproveFields);
                faults.OneOf("/unjudged", request?.Unjudged, Vocabulary.Unjudged);
                var edits = new ReviewEdits(request?.Outputs ?? [], request?.Add ?? [], address.By, Approving: true, LeaveOut: request?.Unjudged == "leave_out");
                if (await review.EditAsync(run, step, edits, faults, cancellationToken) is { } wrong)
                {
                    return new CommandResult.Invalid(wrong);
                }

                // What goes on is read back from the database.
                await run.Db.SaveChangesAsync(cancellationToken);
                return await commands.DoAsync(run, decision, cancellationToken);
            },
            cancellationToken);

    public Task<CommandResult> CancelItemAsync(StepAddress address, long itemId, CancellationToken cancellationToken) =>
        OnStepAsync(
            address,
            async (run, step) =>
            {
                var status = await StatusAsync(step, itemId, cancellationToken);
                return status is null
                    ? new CommandResult.NotFound("item")
                    : await commands.DoAsync(run, PipelineDecisions.CancelItem(await run.StateAsync(cancellationToken), step.Id, itemId, status.Value), cancellationToken);
            },
            cancellationToken);

    public Task<CommandResult> RerunAsync(StepAddress address, long itemId, bool cascade, RerunRequest? request, CancellationToken cancellationToken) =>
        OnStepAsync(
            address,
            async (run, step) =>
            {
                var status = await StatusAsync(step, itemId, cancellationToken);
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
                { } step when !address.IfMatch.Holds(step.Version) => await ReviewChanges.StaleAsync(db, step, address.IfMatch, cancellationToken),
                { } step => await work(run, step),
            },
            cancellationToken);

    private Task<ItemStatus?> StatusAsync(Step step, long itemId, CancellationToken cancellationToken) =>
        db.Items.Where(item => item.Id == itemId && item.StepId == step.Id && item.TenantId == step.TenantId)
            .Select(item => (ItemStatus?)item.Status).SingleOrDefaultAsync(cancellationToken);
}

/// <param name="IfMatch">The version the caller has seen.</param>
/// <param name="By">Who it is, as the workspace calls them.</param>
internal sealed record StepAddress(long TenantId, long PipelineId, long StepId, IfMatch IfMatch, string? By = null);
