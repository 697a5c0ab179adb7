using Contracts.Generation;
using Microsoft.Extensions.Options;
using PipelineService.Expansion;
using Providers.Catalog;

namespace PipelineService.Pipelines.Drafts;

/// <summary>
/// Turns a request into a draft, or into all of its faults at once. The same for create, change, clone, estimate and dry run.
/// Looks nothing up: whether assets exist and addresses hold pictures is found out afterwards.
/// </summary>
internal sealed class DraftChecks(StepChecks stepChecks, IOptions<PipelineLimits> options)
{
    private static readonly string[] Fields =
        ["name", "mode", "checkpoints", "review", "inputs", "steps", "budget_usd", "on_item_failure", "reuse", "simulate", "webhook_url", "tags", "run_group_id"];

    private static readonly string[] StepRequestFields = ["step_type", "config", "skip"];

    private readonly PipelineLimits _limits = options.Value;

    public CheckedRequest Check(long tenantId, PipelineRequest request)
    {
        var faults = new Faults();
        faults.Unknown(string.Empty, request.Unknown, Fields);
        var mode = faults.Word("/mode", request.Mode, PipelineMode.Auto);
        var failure = faults.Word("/on_item_failure", request.OnItemFailure, OnItemFailure.Continue);
        var inputs = InputChecks.Check(request.Inputs, _limits, faults);
        var steps = Steps(tenantId, request, faults, out var inOrder);
        var checkpoints = Checkpoints(request, mode, steps, faults);
        var plan = RunPlanner.Plan(inputs.Images.Count, inputs.Prompts, inputs.Combine, inOrder ? [.. steps.Select(step => step.Planned)] : []);
        if (inOrder)
        {
            PlanChecks.Check(plan, [.. steps.Select(step => step.Model)], _limits, faults);
        }

        var draft = new PipelineDraft(
            Name(request, inputs, faults), mode, checkpoints, Flow(request, mode, faults), inputs.Images, inputs.Prompts, inputs.Combine, [.. steps.Select(step => step.Draft)],
            Budget(request.BudgetUsd, faults), failure, request.Reuse ?? false, Webhook(request.WebhookUrl, faults), Tags(request.Tags, faults), plan,
            [.. steps.SelectMany(step => step.Warnings), .. PlanChecks.Warnings(plan)])
        { RunGroupId = request.RunGroupId, Simulate = request.Simulate ?? false };
        return new CheckedRequest(draft, faults);
    }

    /// <param name="inOrder">False when they cannot be multiplied out, because a type is unknown or out of its place.</param>
    private List<CheckedStep> Steps(long tenantId, PipelineRequest request, Faults faults, out bool inOrder)
    {
        var requests = request.Steps;
        inOrder = requests is { Count: > 0 };
        var steps = new List<CheckedStep>();
        if (!inOrder)
        {
            faults.Add("/steps", $"Give 1 to 3 steps, in the order {string.Join(", ", StepTypes.InOrder)}; any of them may be left out.");
            return steps;
        }

        var last = -1;
        for (var index = 0; index < requests!.Count && index < 10; index++)
        {
            var at = $"/steps/{index}";
            faults.Unknown(at, requests[index]?.Unknown, StepRequestFields);
            if (requests[index]?.StepType is not { } type)
            {
                faults.Add(at + "/step_type", $"Name the step's type: one of {string.Join(", ", StepTypes.InOrder)}.");
                inOrder = false;
                continue;
            }

            if (!faults.OneOf(at + "/step_type", type, StepTypes.InOrder))
            {
                inOrder = false;
                continue;
            }

            var place = StepTypes.InOrder.ToList().IndexOf(type);
            if (place <= last)
            {
                var why = steps.Exists(step => step.Draft.StepType == type) ? $"{type} is there twice." : $"{type} comes too late.";
                faults.Add(at + "/step_type", $"{why} Steps come in the order {string.Join(", ", StepTypes.InOrder)}, each at most once.");
                inOrder = false;
            }

            last = Math.Max(last, place);
            var config = requests[index]!.Config ?? new StepConfig();
            var step = stepChecks.Check(tenantId, at + "/config", type, requests[index]!.Skip is { } skip ? config with { Skip = skip } : config, request.Simulate ?? false, _limits, faults);
            steps.Add(step);
        }

        return steps;
    }

    private static ReviewFlow Flow(PipelineRequest request, PipelineMode mode, Faults faults)
    {
        var flow = faults.Word("/review", request.Review, ReviewFlow.Gathered);
        if (flow == ReviewFlow.Rolling && mode != PipelineMode.Checkpoint)
        {
            faults.Add("/review", "A rolling review belongs to mode 'checkpoint'. Use that mode, or leave it out.");
        }

        return flow;
    }

    private static string[] Checkpoints(PipelineRequest request, PipelineMode mode, List<CheckedStep> steps, Faults faults)
    {
        var named = request.Checkpoints ?? [];
        var running = steps.Where(step => !step.Draft.Config.Skip).Select(step => step.Draft.StepType).ToList();
        if (mode != PipelineMode.Checkpoint)
        {
            if (named.Count > 0)
            {
                faults.Add("/checkpoints", "Checkpoints belong to mode 'checkpoint'. Use that mode, or leave them out.");
            }

            return [];
        }

        if (named.Count == 0)
        {
            faults.Add("/checkpoints", $"Mode 'checkpoint' needs at least one step to stop after: {Accepted(running)}.");
        }

        for (var index = 0; index < named.Count; index++)
        {
            if (named[index] is not { } step || !running.Contains(step))
            {
                faults.Add($"/checkpoints/{index}", $"'{Faults.Short(named[index] ?? "null")}' is no step that runs here. Use one or more of: {Accepted(running)}.");
            }
        }

        return [.. StepTypes.InOrder.Where(type => named.Contains(type))];
    }

    private static string Accepted(List<string> running) => running.Count > 0 ? string.Join(", ", running) : string.Join(", ", StepTypes.InOrder);

    private string Name(PipelineRequest request, CheckedInputs inputs, Faults faults)
    {
        if (request.Name is null)
        {
            var prompt = inputs.Prompts.Concat(request.Steps?.SelectMany(step => step?.Config?.InputPrompts ?? step?.Config?.Prompts ?? []) ?? []).FirstOrDefault();
            return PipelineNames.From(prompt);
        }

        faults.Text("/name", request.Name, _limits.MaxNameChars, "A name");
        return request.Name.Trim();
    }

    private decimal? Budget(decimal? budget, Faults faults)
    {
        if (budget is { } asked && (asked <= 0 || asked > _limits.MaxBudgetUsd || decimal.Round(asked, 6) != asked))
        {
            faults.Add("/budget_usd", $"{asked} is no budget. Use US dollars above 0, up to {_limits.MaxBudgetUsd:N0}, with at most six decimals.");
        }

        return budget;
    }

    private static string? Webhook(string? url, Faults faults)
    {
        if (url is null)
        {
            return null;
        }

        if (url.Length > 2048 || !Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.Host.Length == 0 || address.UserInfo.Length > 0)
        {
            faults.Add("/webhook_url", "This is no address that can be called. Use an absolute http or https address of at most 2,048 characters, without user name or password.");
        }
        else
        {
            faults.Printable("/webhook_url", url);
        }

        return url;
    }

    private string[] Tags(IReadOnlyList<string?>? tags, Faults faults)
    {
        if (tags?.Count > _limits.MaxTags)
        {
            faults.Add("/tags", $"There are {tags.Count:N0} tags; at most {_limits.MaxTags} are accepted.");
            return [];
        }

        for (var index = 0; index < tags?.Count; index++)
        {
            faults.Text($"/tags/{index}", tags[index], _limits.MaxTagChars, "A tag");
        }

        return [.. (tags ?? []).Select(tag => tag?.Trim() ?? string.Empty).Distinct(StringComparer.Ordinal)];
    }
}
