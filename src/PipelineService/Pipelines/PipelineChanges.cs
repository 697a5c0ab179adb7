using System.Text.Json;
using PipelineService.Orchestration;
using PipelineService.Pipelines.Drafts;
using PipelineService.Storage;

namespace PipelineService.Pipelines;

/// <summary>Changes of a configuration: of a whole pipeline, or of one step before it starts. Checked and priced before the row is locked.</summary>
internal sealed class PipelineChanges(PipelineDbContext db, PipelineCommands commands, PipelineReading reading, DraftIntake intake, RunPlans plans)
{
    private const string Changeable = "name, tags, checkpoints, budget_usd, and the config of steps that have not started";

    public async Task<CommandResult> ReplaceAsync(long tenantId, long id, IfMatch ifMatch, PipelineRequest request, CancellationToken cancellationToken)
    {
        if (await reading.RowAsync(tenantId, id, cancellationToken) is not { } seen)
        {
            return new CommandResult.NotFound("pipeline");
        }

        if (!ifMatch.Holds(seen.Version))
        {
            return new CommandResult.Stale(seen.Version);
        }

        var (priced, faults) = await intake.PrepareAsync(tenantId, request with { Name = request.Name ?? seen.Name }, KnownImages.Of(await InputStore.WholeAsync(db, tenantId, id, cancellationToken)), cancellationToken);
        return priced is null
            ? new CommandResult.Invalid(faults!)
            : await commands.LockedAsync(tenantId, id, run => ReplaceAsync(run, ifMatch, priced, cancellationToken), cancellationToken);
    }

    /// <param name="config">The whole new config of the step.</param>
    /// <param name="unknown">Fields of the body that do not exist.</param>
    public async Task<CommandResult> ConfigureAsync(
        StepAddress address, StepConfig config, IDictionary<string, JsonElement>? unknown, CancellationToken cancellationToken)
    {
        while (true)
        {
            db.ChangeTracker.Clear();
            var seen = await reading.RowAsync(address.TenantId, address.PipelineId, cancellationToken);
            var steps = seen is null ? [] : await reading.StepsAsync(address.TenantId, address.PipelineId, cancellationToken);
            var place = steps.FindIndex(step => step.Id == address.StepId);
            if (seen is null || place < 0)
            {
                return new CommandResult.NotFound(seen is null ? "pipeline" : "step");
            }

            if (!address.IfMatch.Holds(steps[place].Version))
            {
                return new CommandResult.Stale(steps[place].Version);
            }

            if (!Reconfiguration.CanChange(seen, steps, steps[place]))
            {
                return new CommandResult.Refused($"The config can change before the step starts; this one is {ServiceDefaults.Storage.SnakeCase.Word(steps[place].Status)}.");
            }

            var inputs = await InputStore.WholeAsync(db, address.TenantId, address.PipelineId, cancellationToken);
            var stored = StoredRequest.Of(seen, steps, inputs);
            var request = stored with { Steps = [.. stored.Steps!.Select((step, index) => index == place ? step! with { Config = config } : step)] };
            var (priced, faults) = await intake.PrepareAsync(address.TenantId, request, KnownImages.Of(inputs), cancellationToken);
            var others = new Faults();
            others.Unknown(string.Empty, unknown, ["config", "outputs", "add"]);
            if (priced is null || others.Any)
            {
                return new CommandResult.Invalid(InStep(faults ?? [], place).Concat(others.ToDictionary()).ToDictionary());
            }

            var moved = false;
            var result = await commands.LockedAsync(
                address.TenantId, address.PipelineId,
                async run =>
                {
                    moved = run.Pipeline.Version != seen.Version;
                    if (!moved)
                    {
                        var before = await plans.OfAsync(run, cancellationToken);
                        Reconfiguration.Configure(run.Pipeline, run.Steps, before.Plan, priced, run.Now);
                        await InputStore.ReplaceAsync(run.Db, run.Pipeline, priced.Inputs, cancellationToken);
                    }

                    return new CommandResult.Done(run.Pipeline, run.Steps);
                },
                cancellationToken);
            if (!moved)
            {
                return result;
            }
        }
    }

    private async Task<CommandResult> ReplaceAsync(RunTransaction run, IfMatch ifMatch, PricedDraft priced, CancellationToken cancellationToken)
    {
        var pipeline = run.Pipeline;
        if (!ifMatch.Holds(pipeline.Version))
        {
            return new CommandResult.Stale(pipeline.Version);
        }

        if (Reconfiguration.Frozen(pipeline, run.Steps, await InputStore.WholeAsync(run.Db, pipeline.TenantId, pipeline.Id, cancellationToken), priced) is { Count: > 0 } frozen)
        {
            return new CommandResult.Refused($"It has started, so these stay as they are: {string.Join(", ", frozen)}. What can change: {Changeable}.");
        }

        if (pipeline.Status == PipelineStatus.Pending && !await PipelineCreation.KeepImagesAsync(run.Db, pipeline.TenantId, priced.Images, cancellationToken))
        {
            return new CommandResult.Invalid("/inputs/images", "An image was deleted meanwhile. Choose another one.");
        }

        var before = await plans.OfAsync(run, cancellationToken);
        (pipeline.Name, pipeline.Tags, pipeline.Checkpoints, pipeline.BudgetUsd) = (priced.Draft.Name, priced.Draft.Tags, priced.Draft.Checkpoints, priced.Draft.BudgetUsd);
        var steps = run.Steps;
        if (pipeline.Status == PipelineStatus.Pending)
        {
            (pipeline.Mode, pipeline.OnItemFailure, pipeline.Reuse, pipeline.WebhookUrl) = (priced.Draft.Mode, priced.Draft.OnItemFailure, priced.Draft.Reuse, priced.Draft.WebhookUrl);
            (pipeline.Combine, pipeline.Review, pipeline.Simulate) = (priced.Draft.Combine, priced.Draft.Review, priced.Draft.Simulate);
            steps = Restep(run, priced);
        }

        Reconfiguration.Configure(pipeline, steps, before.Plan, priced, run.Now);
        await InputStore.ReplaceAsync(run.Db, pipeline, priced.Inputs, cancellationToken);
        await run.Db.SaveChangesAsync(cancellationToken);
        return new CommandResult.Done(pipeline, steps);
    }

    /// <summary>Steps that stay keep their ids; when the sequence changes, they are made anew.</summary>
    private static IReadOnlyList<Step> Restep(RunTransaction run, PricedDraft priced)
    {
        if (priced.Draft.Steps.Select(step => step.StepType).SequenceEqual(run.Steps.Select(step => step.StepType)))
        {
            return run.Steps;
        }

        var steps = priced.Draft.Steps.Select(step => PipelineCreation.NewStep(run.Pipeline, step, priced.Draft.Plan.Find(step.StepType)!, priced.Quote, run.Now)).ToList();
        run.Db.RemoveRange(run.Steps);
        run.Db.AddRange(steps);
        return steps;
    }

    /// <summary>Faults of the step's own config are told where they stand in the body.</summary>
    private static Dictionary<string, string[]> InStep(Dictionary<string, string[]> faults, int place)
    {
        var prefix = $"/steps/{place}/config";
        return faults.ToDictionary(fault => fault.Key.StartsWith(prefix, StringComparison.Ordinal) ? "/config" + fault.Key[prefix.Length..] : fault.Key, fault => fault.Value);
    }
}
