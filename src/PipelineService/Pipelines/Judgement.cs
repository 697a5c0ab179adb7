using ServiceDefaults.Storage;

namespace PipelineService.Pipelines;

/// <summary>What a person can change about an output. A pick is selected and a reject is not; a verdict and a selection that contradict each other never stand side by side. Pure.</summary>
internal readonly record struct Judgement(string? Text, Verdict Verdict, bool Selected, int? Rating)
{
    public static Judgement Of(Output output) => new(output.Text, output.Verdict, output.Selected, output.Rating);

    /// <summary>What it becomes; what the change leaves out stays.</summary>
    /// <param name="change">Checked by <see cref="Drafts.ReviewChecks"/>.</param>
    public static Judgement Of(Output output, OutputChange change)
    {
        var verdict = change.Verdict is { } word ? SnakeCase.Parse<Verdict>(word) : output.Verdict;
        var selected = change.Selected ?? (change.Verdict is null ? output.Selected : verdict != Verdict.Reject);
        if ((verdict == Verdict.Pick && !selected) || (verdict == Verdict.Reject && selected))
        {
            verdict = Verdict.Unset;
        }

        return new Judgement(change.Text ?? output.Text, verdict, selected, change.Rating switch { null => output.Rating, 0 => null, var stars => stars });
    }
}
