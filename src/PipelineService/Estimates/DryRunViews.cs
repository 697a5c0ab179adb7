using PipelineService.Pipelines;

namespace PipelineService.Estimates;

/// <summary>What a pipeline would do, without doing any of it.</summary>
/// <param name="Total">US dollars; the most it will cost.</param>
/// <param name="Tree">The multiplication, from the inputs through each step that runs.</param>
/// <param name="Sample">The first items of each step, in their order.</param>
/// <param name="Display">The costs as a tree, for people.</param>
public sealed record DryRunView(
    string Currency, decimal Total, string TotalDisplay, DryRunInputs Tree, IReadOnlyList<DryRunItem> Sample, string Display, IReadOnlyList<string> Warnings);

/// <summary>The root of the tree.</summary>
/// <param name="Then">The first step that runs.</param>
public sealed record DryRunInputs(int Images, int Prompts, Combine Combine, DryRunStep Then);

/// <summary>A step of the tree.</summary>
/// <param name="Items">Paid calls.</param>
/// <param name="Outputs">What they yield together.</param>
/// <param name="OutputsPerParent">Outputs for one output of the step before; null for the first step.</param>
/// <param name="Variations">Set-mode variations; 1 outside set mode.</param>
/// <param name="Repetitions">Outputs of the same image, prompt and variation.</param>
/// <param name="Amount">US dollars for all of them.</param>
/// <param name="Then">The step that takes the outputs; null for the last.</param>
public sealed record DryRunStep(
    [StepTypeWords] string StepType, string? Model, long Items, long Outputs, decimal? OutputsPerParent, int Variations, int Repetitions, [OutputWords] string Unit, decimal UnitPrice, decimal Amount,
    string AmountDisplay, DryRunStep? Then);

/// <summary>One unit of work that would be done.</summary>
/// <param name="Number">From 1, in the order in which they are made.</param>
/// <param name="ImageIndex">The input image it descends from, from 0.</param>
/// <param name="Prompt">As it would be sent; where an enhancer writes it, a stand-in in angle brackets.</param>
/// <param name="Variation">Set-mode choices by kind; null outside set mode.</param>
/// <param name="Cost">US dollars.</param>
public sealed record DryRunItem(
    [StepTypeWords] string StepType, long Number, int? ImageIndex, string Prompt, IReadOnlyDictionary<string, string>? Variation, decimal Cost);
