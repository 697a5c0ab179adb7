using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PipelineService.Expansion;
using PipelineService.Orchestration;
using PipelineService.Pipelines.Drafts;
using Providers.Catalog;

namespace PipelineService.Pipelines;

/// <summary>A person's edits of a step in review, under the pipeline's row lock: new words, what goes on, prompts of their own.</summary>
internal sealed class StepReview(ModelCatalog catalog, RunPlans plans, IOptions<PipelineLimits> options)
{
    private readonly PipelineLimits _limits = options.Value;

    /// <summary>Checks everything first; changes nothing when anything is wrong.</summary>
    /// <param name="approving">At least one output has to be selected afterwards.</param>
    /// <returns>Faults by JSON pointer; null when the edits are made.</returns>
    public async Task<Dictionary<string, string[]>?> EditAsync(
        RunTransaction run, Step step, IReadOnlyList<OutputChange?> changes, IReadOnlyList<PromptAddition?> additions, bool approving, Faults faults, CancellationToken cancellationToken)
    {
        var (plan, _) = await plans.OfAsync(run, cancellationToken);
        var current = plan.Find(step.StepType)!;
        var next = plan.After(current);
        var ids = changes.Where(change => change?.Id is not null).Select(change => change!.Id!.Value).ToArray();
        var outputs = ids.Length == 0
            ? []
            : await run.Db.Outputs.Where(output => output.StepId == step.Id && output.TenantId == step.TenantId && ids.Contains(output.Id)).ToDictionaryAsync(output => output.Id, cancellationToken);
        var target = next?.Parameters is { } parameters ? catalog.Find(parameters.Model) : null;
        ReviewChecks.Check(changes, additions, current, plan.Images, outputs, target, _limits, faults);
        if (faults.Any)
        {
            return faults.ToDictionary();
        }

        var turned = changes.Where(change => change!.Selected is { } selected && selected != outputs[change.Id!.Value].Selected).ToList();
        if (approving && await SelectedAsync(run, step, cancellationToken) + turned.Sum(change => change!.Selected!.Value ? 1 : -1) + additions.Count == 0)
        {
            faults.Add("/outputs", "Nothing is selected, so nothing could go on. Select at least one output.");
        }

        // What follows, counted output by output: a prompt for all images leads to more than one that is bound to its own.
        var follow = next is null
            ? 0
            : turned.Sum(change => (change!.Selected!.Value ? 1 : -1) * Follow(plan, next, outputs[change.Id!.Value]))
                + additions.Sum(addition => ItemExpansion.CountFromOutput(plan, next, "prompt", addition!.ImageIndex, null) * next.UnitsPerItem);
        var following = next is null ? null : run.Steps.First(row => row.StepType == next.StepType);
        if (follow > 0 && following!.Total + follow > (long)_limits.MaxItemsPerStep * next!.UnitsPerItem)
        {
            faults.Add("/add", $"The {following.StepType} step would make {following.Total + follow:N0} items; at most {_limits.MaxItemsPerStep:N0} are possible.");
        }

        if (faults.Any)
        {
            return faults.ToDictionary();
        }

        foreach (var change in changes)
        {
            var output = outputs[change!.Id!.Value];
            output.Text = change.Text ?? output.Text;
            output.Selected = change.Selected ?? output.Selected;
        }

        await AddAsync(run, step, additions, cancellationToken);
        if (following is not null && follow != 0)
        {
            Downstream.Add(run.Pipeline, run.Steps, plan, following, follow, cascade: true);
        }

        Touch(run, step);
        return null;
    }

    private static int Follow(RunPlan plan, StepPlan next, Output output) =>
        ItemExpansion.CountFromOutput(plan, next, output.Type, output.ImageIndex, output.PromptIndex) * next.UnitsPerItem;

    private static Task<int> SelectedAsync(RunTransaction run, Step step, CancellationToken cancellationToken) =>
        run.Db.Outputs.CountAsync(output => output.StepId == step.Id && output.TenantId == step.TenantId && output.Selected, cancellationToken);

    private static async Task AddAsync(RunTransaction run, Step step, IReadOnlyList<PromptAddition?> additions, CancellationToken cancellationToken)
    {
        if (additions.Count == 0)
        {
            return;
        }

        var last = await run.Db.Outputs.Where(output => output.StepId == step.Id && output.TenantId == step.TenantId).MaxAsync(output => (long?)output.Ordinal, cancellationToken) ?? -1;
        foreach (var addition in additions)
        {
            run.Db.Add(new Output
            {
                TenantId = step.TenantId,
                PipelineId = step.PipelineId,
                StepId = step.Id,
                Ordinal = ++last,
                Type = "prompt",
                Text = addition!.Text!.Trim(),
                ImageIndex = addition.ImageIndex,
                CreatedAt = run.Now,
            });
        }

        step.Total += additions.Count;
        step.Succeeded += additions.Count;
    }

    private static void Touch(RunTransaction run, Step step)
    {
        step.Version++;
        step.UpdatedAt = run.Now;
        run.Pipeline.Version++;
        run.Pipeline.UpdatedAt = run.Now;
    }
}
