using System.Text.Json;
using Contracts.Generation;
using Microsoft.Extensions.Options;
using PipelineService.Orchestration;
using PipelineService.Pipelines;
using PipelineService.Pipelines.Drafts;
using Providers.Catalog;
using ServiceDefaults;
using ServiceDefaults.Storage;

namespace PipelineService.Retries;

/// <summary>Checks the body of a retry, by the functions that check a step's config. Looks nothing up.</summary>
internal sealed class RetryChecks(StepChecks stepChecks, ModelCatalog catalog, IOptions<PipelineLimits> options)
{
    private static readonly string[] PipelineFields = ["reasons", "change", "quote", "max_cost_usd"];
    private static readonly string[] StepFieldNames = ["item_ids", .. PipelineFields];
    private static readonly string[] ChangeFields = ["model", "seed", "prompt"];

    private readonly PipelineLimits _limits = options.Value;

    /// <param name="ofStep">It is the retry of one step.</param>
    public static void Check(RetryRequest request, bool ofStep, Faults faults)
    {
        faults.Unknown(string.Empty, request.Unknown, ofStep ? StepFieldNames : PipelineFields);
        if (request.ItemIds is { } ids && !ofStep)
        {
            faults.Add("/item_ids", "Items are named in the retry of their step. Leave it out here, or give reasons.");
        }
        else if (request.ItemIds is { Count: 0 })
        {
            faults.Add("/item_ids", "Name at least one failed item, or leave it out to retry all of them.");
        }

        if (request.MaxCostUsd < 0)
        {
            faults.Add("/max_cost_usd", "Use US dollars of 0 or more, or leave it out.");
        }

        var known = SnakeCase.All<FailureKind>();
        if (request.Reasons is { Count: 0 })
        {
            faults.Add("/reasons", $"Name at least one, or leave it out for all. Accepted: {string.Join(", ", known)}.");
        }

        for (var index = 0; index < request.Reasons?.Count; index++)
        {
            if (request.Reasons[index] is not { } word)
            {
                faults.Add($"/reasons/{index}", $"Use one of: {string.Join(", ", known)}.");
            }
            else
            {
                faults.OneOf($"/reasons/{index}", word, known);
            }
        }

        Check(request.Change, faults);
    }

    public static void Check(RetryChange? asked, Faults faults)
    {
        faults.Unknown("/change", asked?.Unknown, ChangeFields);
        if (asked is { Model: null, Seed: null, Prompt: null } change && change.Unknown is null or { Count: 0 })
        {
            faults.Add("/change", $"Give at least one of {string.Join(", ", ChangeFields)}, or leave it out.");
        }
    }

    /// <summary>What is asked instead, by step.</summary>
    /// <param name="steps">Those of which items are tried again.</param>
    /// <param name="simulate">The demo renderer makes all of the pipeline.</param>
    /// <param name="warnings">Gets what another model delivers differently.</param>
    public IReadOnlyDictionary<long, ItemChange> Change(
        RetryChange change, IReadOnlyList<Step> steps, IReadOnlyList<FailedGroup> groups, bool simulate, List<string> warnings, Faults faults)
    {
        var changes = new Dictionary<long, ItemChange>();
        if (change.Prompt is { } prompt)
        {
            faults.Text("/change/prompt", prompt, _limits.MaxPromptChars, "A prompt");
        }

        foreach (var step in steps)
        {
            var found = new Faults();
            var model = Model(change, step, simulate, warnings, found);
            Tell(found, steps.Count > 1 ? step.StepType + ": " : string.Empty, faults);
            Length(change.Prompt, step, groups, model?.Model, faults);
            changes[step.Id] = new ItemChange(model?.Draft.Resolved, model?.Draft.Provider, change.Seed, change.Prompt?.Trim(), model?.Model?.Capabilities.PromptMaxChars);
        }

        return changes;
    }

    private CheckedStep? Model(RetryChange change, Step step, bool simulate, List<string> warnings, Faults faults)
    {
        var asked = new StepConfig { Model = change.Model, Seed = change.Seed };
        if (change.Model is null || step.StepType == StepTypes.PromptEnhance)
        {
            StepFields.Refuse(string.Empty, step.StepType, asked, faults);
            faults.Range("/seed", change.Seed, 0, StepChecks.MaxSeed);
            return null;
        }

        var wishes = step.Config;
        var result = stepChecks.Check(
            step.TenantId, string.Empty, step.StepType,
            asked with
            {
                AspectRatio = wishes.AspectRatio,
                Resolution = wishes.Resolution,
                Quality = wishes.Quality,
                DurationSec = wishes.DurationSec,
                Audio = wishes.Audio,
                NegativePrompt = wishes.NegativePrompt,
            },
            simulate, _limits, faults);
        warnings.AddRange(result.Warnings);
        return result;
    }

    /// <summary>A wish of the step that the other model does not grant is a fault of the model.</summary>
    private static void Tell(Faults found, string prefix, Faults faults)
    {
        foreach (var (pointer, messages) in found.ToDictionary())
        {
            foreach (var message in messages)
            {
                faults.Add(pointer is "/seed" ? "/change/seed" : "/change/model", prefix + message);
            }
        }
    }

    private void Length(string? prompt, Step step, IReadOnlyList<FailedGroup> groups, ModelInfo? other, Faults faults)
    {
        if (prompt is null)
        {
            return;
        }

        var models = other is not null
            ? [other]
            : groups.Where(group => group.StepId == step.Id)
                .Select(group => group.Resolved is { } own ? JsonSerializer.Deserialize<GenerationParameters>(own, PipelineJson.Options)!.Model : step.Resolved?.Model)
                .OfType<string>().Distinct().Select(catalog.Find).OfType<ModelInfo>();
        foreach (var refusal in models.Select(model => PromptLimit.Refusal(model, prompt)).OfType<string>())
        {
            faults.Add("/change/prompt", refusal);
        }
    }
}
