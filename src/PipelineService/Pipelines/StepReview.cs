using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using PipelineService.Expansion;
using PipelineService.Orchestration;
using PipelineService.Pipelines.Drafts;
using PipelineService.Progress;
using Providers.Catalog;
using ServiceDefaults.Storage;

namespace PipelineService.Pipelines;

/// <summary>What a person says of a step's outputs in one breath.</summary>
/// <param name="By">Who that is, as the workspace calls them.</param>
/// <param name="Approving">At least one output has to be selected afterwards.</param>
/// <param name="LeaveOut">Outputs that nobody judged are deselected.</param>
internal sealed record ReviewEdits(IReadOnlyList<OutputChange?> Changes, IReadOnlyList<PromptAddition?> Additions, string? By, bool Approving = false, bool LeaveOut = false);

/// <summary>A person's edits of a step in review, under the pipeline's row lock: verdicts, ratings, new words, prompts of their own. Thousands are one statement.</summary>
internal sealed class StepReview(ModelCatalog catalog, RunPlans plans, IOptions<PipelineLimits> options)
{
    private readonly PipelineLimits _limits = options.Value;

    /// <summary>Checks everything first; changes nothing when anything is wrong.</summary>
    /// <returns>Faults by JSON pointer; null when the edits are made.</returns>
    public async Task<Dictionary<string, string[]>?> EditAsync(RunTransaction run, Step step, ReviewEdits edits, Faults faults, CancellationToken cancellationToken)
    {
        var (changes, additions) = (edits.Changes, edits.Additions);
        var (plan, _) = await plans.OfAsync(run, cancellationToken);
        var current = plan.Find(step.StepType)!;
        var next = plan.After(current);
        var ids = changes.Where(change => change?.Id is not null).Select(change => change!.Id!.Value).ToArray();
        var outputs = ids.Length == 0
            ? []
            : await Of(run, step).Where(output => ids.Contains(output.Id)).ToDictionaryAsync(output => output.Id, cancellationToken);
        var target = next?.Parameters is { } parameters ? catalog.Find(parameters.Model) : null;
        ReviewChecks.Check(changes, additions, current, plan.Images, outputs, target, _limits, faults);
        if (faults.Any)
        {
            return faults.ToDictionary();
        }

        var judged = changes.Select(change => (Output: outputs[change!.Id!.Value], Becomes: Judgement.Of(outputs[change.Id!.Value], change)))
            .Select(pair => edits.LeaveOut && pair is { Becomes.Verdict: Verdict.Unset, Output.Advanced: false } ? pair with { Becomes = pair.Becomes with { Selected = false } } : pair)
            .Where(pair => pair.Becomes != Judgement.Of(pair.Output))
            .ToList();
        var turned = judged.Where(pair => pair.Becomes.Selected != pair.Output.Selected).ToList();
        var left = edits.LeaveOut ? await UnjudgedAsync(run, step, ids, cancellationToken) : [];
        if (edits.Approving
            && await SelectedAsync(run, step, cancellationToken) + turned.Sum(pair => pair.Becomes.Selected ? 1 : -1) + additions.Count - left.Sum(group => group.Count) == 0)
        {
            faults.Add("/outputs", "Nothing is selected, so nothing could go on. Select at least one output.");
        }

        // What follows, counted output by output: a prompt for all images leads to more than one that is bound to its own.
        var follow = next is null
            ? 0
            : turned.Sum(pair => (pair.Becomes.Selected ? 1 : -1) * Follow(plan, next, pair.Output.Type, pair.Output.ImageIndex, pair.Output.PromptIndex))
                + additions.Sum(addition => Follow(plan, next, "prompt", addition!.ImageIndex, null))
                - left.Sum(group => group.Count * Follow(plan, next, group.Type, group.ImageIndex, group.PromptIndex));
        var following = next is null ? null : run.Steps.First(row => row.StepType == next.StepType);
        if (follow > 0 && following!.Total + follow > (long)_limits.MaxItemsPerStep * next!.UnitsPerItem)
        {
            faults.Add("/add", $"The {following.StepType} step would make {following.Total + follow:N0} items; at most {_limits.MaxItemsPerStep:N0} are possible.");
        }

        if (faults.Any)
        {
            return faults.ToDictionary();
        }

        if (judged.Count + additions.Count + left.Count == 0)
        {
            return null;
        }

        Touch(run, step);
        await WriteAsync(run, step, edits.By, [.. judged.Select(pair => (pair.Output.Id, pair.Becomes))], cancellationToken);
        if (left.Count > 0)
        {
            await run.Ledger.ExecuteAsync(
                """
                update pipeline.outputs set selected = false, review_version = $3, judged_by = $4
                where tenant_id = $1 and step_id = $2 and verdict = 'unset' and selected and not advanced
                """,
                cancellationToken, step.TenantId, step.Id, step.Version, Name(edits.By));
        }

        await AddAsync(run, step, edits.By, additions, cancellationToken);
        if (following is not null && follow != 0)
        {
            Downstream.Add(run.Pipeline, run.Steps, plan, following, follow, cascade: true);
        }

        return null;
    }

    /// <summary>Whether all of it is so already. Somebody whose answer was lost says it again, and the last verdict may have ended the review meanwhile.</summary>
    public static async Task<bool> IsSaidAsync(RunTransaction run, Step step, StepChange change, CancellationToken cancellationToken)
    {
        if (change is not { Add: null, Config: null, Unknown: null, Outputs: { Count: > 0 } changes } || changes.Any(one => one is not { Id: not null, Unknown: null } || (one.Verdict is { } word && !SnakeCase.All<Verdict>().Contains(word))))
        {
            return false;
        }

        var ids = changes.Select(one => one!.Id!.Value).ToArray();
        var outputs = await Of(run, step).Where(output => ids.Contains(output.Id)).ToDictionaryAsync(output => output.Id, cancellationToken);
        return changes.All(one => outputs.TryGetValue(one!.Id!.Value, out var output) && Judgement.Of(output, one) == Judgement.Of(output));
    }

    /// <summary>Outputs of the next step that one output leads to.</summary>
    public static int Follow(RunPlan plan, StepPlan next, string type, int? imageIndex, int? promptIndex) =>
        ItemExpansion.CountFromOutput(plan, next, type, imageIndex, promptIndex) * next.UnitsPerItem;

    private static IQueryable<Output> Of(RunTransaction run, Step step) =>
        run.Db.Outputs.AsNoTracking().Where(output => output.StepId == step.Id && output.TenantId == step.TenantId);

    private static Task<int> SelectedAsync(RunTransaction run, Step step, CancellationToken cancellationToken) => Of(run, step).CountAsync(output => output.Selected, cancellationToken);

    private static Task<List<LeftOut>> UnjudgedAsync(RunTransaction run, Step step, long[] except, CancellationToken cancellationToken) => Of(run, step)
        .Where(output => output.Verdict == Verdict.Unset && output.Selected && !output.Advanced && !except.Contains(output.Id))
        .GroupBy(output => new { output.Type, output.ImageIndex, output.PromptIndex })
        .Select(group => new LeftOut(group.Key.Type, group.Key.ImageIndex, group.Key.PromptIndex, group.Count()))
        .ToListAsync(cancellationToken);

    private static NpgsqlParameter Name(string? by) => new() { Value = by is null ? DBNull.Value : by, NpgsqlDbType = NpgsqlDbType.Text };

    private static async Task WriteAsync(RunTransaction run, Step step, string? by, List<(long Id, Judgement Becomes)> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return;
        }

        await run.Ledger.ExecuteAsync(
            """
            update pipeline.outputs o set text = c.text, verdict = c.verdict, selected = c.selected, rating = c.rating, review_version = $3, judged_by = $4
            from unnest($5, $6, $7, $8, $9) as c (id, text, verdict, selected, rating)
            where o.tenant_id = $1 and o.step_id = $2 and o.id = c.id
            """,
            cancellationToken, step.TenantId, step.Id, step.Version, Name(by),
            ItemUpdate.Column(rows, row => row.Id, NpgsqlDbType.Bigint),
            ItemUpdate.Column(rows, row => row.Becomes.Text, NpgsqlDbType.Text),
            ItemUpdate.Column(rows, row => row.Becomes.Verdict.Word(), NpgsqlDbType.Text),
            ItemUpdate.Column(rows, row => row.Becomes.Selected, NpgsqlDbType.Boolean),
            ItemUpdate.Column(rows, row => row.Becomes.Rating, NpgsqlDbType.Integer));
    }

    private static async Task AddAsync(RunTransaction run, Step step, string? by, IReadOnlyList<PromptAddition?> additions, CancellationToken cancellationToken)
    {
        if (additions.Count == 0)
        {
            return;
        }

        var last = await Of(run, step).MaxAsync(output => (long?)output.Ordinal, cancellationToken) ?? -1;
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
                // Nobody writes a prompt that is not meant to be used.
                Verdict = Verdict.Pick,
                ReviewVersion = step.Version,
                JudgedBy = by,
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
        run.Add(ProgressEvents.ReviewChanged(step.TenantId, step.PipelineId, step.Id, step.Version));
    }

    private sealed record LeftOut(string Type, int? ImageIndex, int? PromptIndex, int Count);
}
