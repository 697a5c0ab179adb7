namespace PipelineService.Pipelines.Drafts;

/// <summary>Prompts that a person wrote.</summary>
internal static class PromptChecks
{
    public static void List(string at, IReadOnlyList<string?>? prompts, PipelineLimits limits, Faults faults)
    {
        if (prompts is null)
        {
            return;
        }

        if (prompts.Count > limits.MaxPrompts)
        {
            faults.Add(at, $"There are {prompts.Count:N0} prompts; at most {limits.MaxPrompts:N0} are accepted.");
            return;
        }

        for (var index = 0; index < prompts.Count; index++)
        {
            faults.Text($"{at}/{index}", prompts[index], limits.MaxPromptChars, "A prompt");
        }
    }
}
