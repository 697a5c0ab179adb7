using PipelineService.Expansion;
using Providers.Catalog;
using ServiceDefaults.Storage;

namespace PipelineService.Pipelines.Drafts;

/// <summary>Edits of a step in review, checked against what is there. Pure.</summary>
internal static class ReviewChecks
{
    private static readonly string[] OutputFields = ["id", "text", "selected", "verdict", "rating"];
    private static readonly IReadOnlyList<string> Verdicts = SnakeCase.All<Verdict>();
    private static readonly string[] AddFields = ["text", "image_index"];

    /// <param name="step">The step in review.</param>
    /// <param name="outputs">The outputs of that step that the edits name, by id.</param>
    /// <param name="target">The model of the step that takes the prompts; null when none does.</param>
    public static void Check(
        IReadOnlyList<OutputChange?> changes, IReadOnlyList<PromptAddition?> additions, StepPlan step, int images, IReadOnlyDictionary<long, Output> outputs,
        ModelInfo? target, PipelineLimits limits, Faults faults)
    {
        var seen = new HashSet<long>();
        for (var index = 0; index < changes.Count; index++)
        {
            var at = $"/outputs/{index}";
            var change = changes[index];
            faults.Unknown(at, change?.Unknown, OutputFields);
            if (change?.Id is not { } id || !outputs.TryGetValue(id, out var output))
            {
                faults.Add(at + "/id", "There is no such output in this step. Use an id from its outputs.");
                continue;
            }

            if (!seen.Add(id))
            {
                faults.Add(at + "/id", "This output is named twice; name each once.");
            }

            faults.Range(at + "/rating", change.Rating, 0, 5);
            if (!faults.OneOf(at + "/verdict", change.Verdict, Verdicts))
            {
                continue;
            }

            if (change is { Selected: { } selected, Verdict: { } verdict } && verdict != "unset" && selected != (verdict == "pick"))
            {
                faults.Add(at + "/selected", $"A {verdict} {(verdict == "pick" ? "goes on" : "does not go on")}. Leave selected out, or give it without a verdict.");
            }

            // The same said twice is no change: two people may say it.
            if (output.Advanced && Judgement.Of(output, change) != Judgement.Of(output) with { Rating = Judgement.Of(output, change).Rating })
            {
                faults.Add(at, "This output is settled: what follows from it exists already, or was not asked for.");
            }

            if (change.Text is { } text)
            {
                Text(at + "/text", text, output.Type, target, limits, faults);
            }
        }

        if (additions.Count > 0 && step.StepType != Contracts.Generation.StepTypes.PromptEnhance)
        {
            faults.Add("/add", "Prompts can be added to a prompt_enhance step only. Leave it out here.");
            return;
        }

        for (var index = 0; index < additions.Count; index++)
        {
            var at = $"/add/{index}";
            faults.Unknown(at, additions[index]?.Unknown, AddFields);
            Text(at + "/text", additions[index]?.Text, "prompt", target, limits, faults);
            if (additions[index]?.ImageIndex is { } image && (image < 0 || image >= images))
            {
                faults.Add(at + "/image_index", images == 0 ? "There are no input images. Leave it out." : $"There is no input image {image}. Use 0 to {images - 1}, or leave it out for all of them.");
            }
        }
    }

    private static void Text(string at, string? text, string type, ModelInfo? target, PipelineLimits limits, Faults faults)
    {
        if (type != "prompt")
        {
            faults.Add(at, $"Only the text of a prompt can be edited; this is a{(type == "image" ? "n image" : " " + type)}. Use verdict to pick or reject it.");
        }
        else if (faults.Text(at, text, limits.MaxPromptChars, "A prompt") && target is not null && PromptLimit.Refusal(target, text!) is { } refusal)
        {
            faults.Add(at, refusal);
        }
    }
}
