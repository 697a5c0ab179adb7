using Contracts.Generation;
using PipelineService.Expansion;
using Providers;
using Providers.Catalog;
using Providers.Keys;
using Providers.Selection;

namespace PipelineService.Pipelines.Drafts;

/// <summary>Checks the config of one step and resolves its model and parameters. Touches nothing but the catalog, the set-up of providers and whom the workspace has keys for.</summary>
internal sealed class StepChecks(ParameterResolver resolver, ModelCatalog catalog, ProviderSelection selection, ProviderRegistry providers, WorkspaceKeys keys)
{
    public const long MaxSeed = int.MaxValue;
    private const decimal MostUnitPrice = 1000m;

    /// <param name="tenantId">Whose step it is: a workspace with keys of its own has other providers.</param>
    /// <param name="simulate">The demo renderer makes it, whatever providers are set up.</param>
    /// <param name="at">Pointer of the config, for example <c>/steps/1/config</c>.</param>
    public CheckedStep Check(long tenantId, string at, string stepType, StepConfig config, bool simulate, PipelineLimits limits, Faults faults)
    {
        StepFields.Refuse(at, stepType, config, faults);
        faults.Range(at + "/seed", config.Seed, 0, MaxSeed);
        return stepType == StepTypes.PromptEnhance ? Enhance(tenantId, at, simulate ? config with { Provider = ProviderNames.Local } : config, limits, faults) : Generate(tenantId, at, stepType, config, simulate, limits, faults);
    }

    private CheckedStep Enhance(long tenantId, string at, StepConfig config, PipelineLimits limits, Faults faults)
    {
        var countable = faults.Range(at + "/variations_per_prompt", config.VariationsPerPrompt, 1, limits.MaxVariationsPerPrompt);
        PromptChecks.List(at + "/input_prompts", config.InputPrompts, limits, faults);
        faults.OneOf(at + "/target_type", config.TargetType, Vocabulary.Targets);
        faults.OneOf(at + "/theme_focus", config.ThemeFocus, Vocabulary.Themes);
        countable &= faults.OneOf(at + "/scope", config.Scope, Vocabulary.Scopes);
        StyleHints(at + "/style_hints", config.StyleHints, limits, faults);
        var own = keys.Of(tenantId);
        var provider = selection.ServedBy(null, own);
        if (faults.OneOf(at + "/provider", config.Provider, Vocabulary.Writers) && config.Provider is { } asked and not "auto")
        {
            if (providers.Find(asked)?.SetUp != true && !own.Contains(asked))
            {
                faults.Add(at + "/provider", $"{asked} is not set up here. Use auto, which means {provider}, or local.");
            }

            provider = asked;
        }

        return new CheckedStep(new StepDraft(StepTypes.PromptEnhance, config, null, config.Skip ? null : provider), null, [], countable);
    }

    private CheckedStep Generate(long tenantId, string at, string stepType, StepConfig config, bool simulate, PipelineLimits limits, Faults faults)
    {
        var countable = faults.Range(at + "/images_per_prompt", config.ImagesPerPrompt, 1, limits.MaxImagesPerPrompt)
            & faults.Range(at + "/videos_per_image", config.VideosPerImage, 1, limits.MaxVideosPerImage);
        if (stepType == StepTypes.ImageToImage && config.SetMode is { } set)
        {
            countable &= SetModeChecks.Check(at + "/set_mode", set, limits, faults);
        }

        PromptChecks.List(at + "/prompts", config.Prompts, limits, faults);
        PromptChecks.List(at + "/motion_prompts", config.MotionPrompts, limits, faults);
        if (config.NegativePrompt is { Length: > 0 } negative)
        {
            faults.Text(at + "/negative_prompt", negative, limits.MaxPromptChars, "A negative prompt");
        }

        var kind = stepType == StepTypes.ImageToImage ? GenerationKind.Image : GenerationKind.Video;
        var model = config.Model is { } named ? catalog.Find(named)?.Id ?? named : catalog.Default(kind).Id;
        var own = keys.Of(tenantId);
        var provider = simulate ? ProviderNames.Local : selection.ServedBy(model, own);
        var asked = new AskedParameters(config.AspectRatio, config.Resolution, config.Quality, config.DurationSec, config.Audio, config.NegativePrompt);
        switch (resolver.Resolve(kind, config.Model, asked, provider))
        {
            case ParameterResolution.Resolved resolved:
                var (fallbacks, notes) = config.Skip || simulate ? ([], []) : Fallbacks(at, kind, config, model, asked, provider, own, faults);
                var draft = new StepDraft(stepType, config, config.Skip ? null : resolved.Parameters, config.Skip ? null : provider) { Fallbacks = fallbacks };
                return new CheckedStep(draft, resolved.Model, config.Skip ? [] : [.. resolved.Warnings, .. notes], countable);
            case ParameterResolution.Refused refused:
                foreach (var error in refused.Errors)
                {
                    faults.Add(at + error.Path, error.Message);
                }

                break;
        }

        return new CheckedStep(new StepDraft(stepType, config, null, provider), catalog.Find(model), [], countable);
    }

    /// <summary>Who stands by, where that is allowed, and why others do not. Prices are not known here.</summary>
    private (IReadOnlyList<StepFallback> Fallbacks, IReadOnlyList<string> Notes) Fallbacks(
        string at, GenerationKind kind, StepConfig config, string model, AskedParameters asked, string provider, IReadOnlyList<string> own, Faults faults)
    {
        if (config.Fallback is not { } allowed)
        {
            return ([], []);
        }

        faults.Unknown(at + "/fallback", allowed.Unknown, ["max_unit_price_usd"]);
        if (allowed.MaxUnitPriceUsd is <= 0 or > MostUnitPrice)
        {
            faults.Add(at + "/fallback/max_unit_price_usd", $"Give US dollars above 0, at most {MostUnitPrice:N0}, or leave it out: then nobody is asked who is dearer.");
        }

        var (fallbacks, notes) = (new List<StepFallback>(), new List<string>());
        foreach (var other in selection.Others(model, own))
        {
            switch (resolver.Resolve(kind, model, asked, other))
            {
                case ParameterResolution.Resolved resolved:
                    fallbacks.Add(new StepFallback(other, resolved.Parameters, 0m));
                    break;
                case ParameterResolution.Refused refused:
                    notes.Add($"{other} cannot stand by for {provider}: {refused.Errors[0].Message}");
                    break;
            }
        }

        return (fallbacks, fallbacks.Count + notes.Count > 0 ? notes : [$"Nobody can stand by for {provider}: no other provider that is set up here serves {model}."]);
    }

    private static void StyleHints(string at, IReadOnlyList<string>? hints, PipelineLimits limits, Faults faults)
    {
        if (hints?.Count > limits.MaxStyleHints)
        {
            faults.Add(at, $"There are {hints.Count:N0} style hints; at most {limits.MaxStyleHints} are accepted.");
            return;
        }

        for (var index = 0; index < hints?.Count; index++)
        {
            faults.Text($"{at}/{index}", hints[index], limits.MaxHintChars, "A style hint");
        }
    }
}

/// <param name="Model">What its prompts must fit; null for prompt_enhance and unknown models.</param>
/// <param name="Countable">Its counts are good enough to multiply out.</param>
internal sealed record CheckedStep(StepDraft Draft, ModelInfo? Model, IReadOnlyList<string> Warnings, bool Countable)
{
    /// <summary>Wrong counts are planned as if they had been left out, so that what else is wrong still shows.</summary>
    public PlannedStep Planned => new(
        Draft.StepType,
        Countable ? Draft.Config : Draft.Config with { VariationsPerPrompt = null, Scope = null, ImagesPerPrompt = null, VideosPerImage = null, SetMode = null },
        Draft.Resolved,
        Model?.Capabilities.PromptMaxChars,
        Draft.Provider);
}
