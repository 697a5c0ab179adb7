using PipelineService.Pipelines;
using PipelineService.Pipelines.Drafts;
using Providers;
using Providers.Catalog;

namespace PipelineService.Prompts;

/// <summary>The rules of an enhancement that need no database.</summary>
internal static class EnhanceChecks
{
    private const int MaxStyleChars = 200;
    private const int MaxStyleHints = 10;

    public static Faults Check(EnhanceRequest request, PromptsOptions options, ModelCatalog catalog)
    {
        var faults = new Faults();
        CheckPrompts(request.Prompts ?? [], options, faults);
        faults.Range("/count", request.Count, 1, options.MaxCount);
        faults.OneOf("/target", request.Target, Vocabulary.Targets);
        faults.OneOf("/theme_focus", request.ThemeFocus, Vocabulary.Themes);
        faults.OneOf("/provider", request.Provider, Vocabulary.Writers);
        if (request.Style is { } style)
        {
            faults.Text("/style", style, MaxStyleChars, "A style");
        }

        CheckStyleHints(request.StyleHints ?? [], faults);
        if (request.Model is { } model)
        {
            CheckModel(model, request.Target ?? "i2i", catalog, faults);
        }

        if (request.Image is { AssetId: null })
        {
            faults.Add("/image/asset_id", "Give the id of a picture in the library, or leave image out.");
        }

        return faults;
    }

    private static void CheckPrompts(IReadOnlyList<string> prompts, PromptsOptions options, Faults faults)
    {
        if (prompts.Count == 0 || prompts.Count > options.MaxPrompts)
        {
            faults.Add("/prompts", $"Give 1 to {options.MaxPrompts} prompts.");
        }

        for (var index = 0; index < Math.Min(prompts.Count, options.MaxPrompts); index++)
        {
            faults.Text($"/prompts/{index}", prompts[index], options.MaxPromptChars, "A prompt");
        }
    }

    private static void CheckStyleHints(IReadOnlyList<string> hints, Faults faults)
    {
        if (hints.Count > MaxStyleHints)
        {
            faults.Add("/style_hints", $"Give up to {MaxStyleHints} style hints.");
        }

        for (var index = 0; index < Math.Min(hints.Count, MaxStyleHints); index++)
        {
            faults.Text($"/style_hints/{index}", hints[index], MaxStyleChars, "A style hint");
        }
    }

    private static void CheckModel(string model, string target, ModelCatalog catalog, Faults faults)
    {
        var kind = target == "i2v" ? GenerationKind.Video : GenerationKind.Image;
        if (catalog.Find(model)?.Kind != kind)
        {
            faults.Add("/model", $"'{Faults.Short(model)}' is no model for {target}. Use one of: {string.Join(", ", catalog.OfKind(kind).Select(known => known.Id))}.");
        }
    }
}
