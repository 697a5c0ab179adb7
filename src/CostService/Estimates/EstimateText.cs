using System.Text;
using Contracts.Generation;
using Providers.Catalog;

namespace CostService.Estimates;

/// <summary>An estimate as the tree that people read.</summary>
internal static class EstimateText
{
    private static readonly string Rule = new('─', 45);

    public static string Tree(IReadOnlyList<EstimatedLine> lines)
    {
        var tree = new StringBuilder("Pipeline Cost Estimate:\n");
        for (var i = 0; i < lines.Count; i++)
        {
            tree.Append(i < lines.Count - 1 ? "  ├─ " : "  └─ ").Append(Line(lines[i])).Append('\n');
        }

        return tree.Append("  ").Append(Rule).Append("\n  Total: ").Append(Estimator.Total(lines) is { } total ? Money.Display(total) : "unknown").ToString();
    }

    public static string Unit(string stepType) => stepType switch
    {
        StepTypes.PromptEnhance => "prompt",
        StepTypes.ImageToImage => "image",
        StepTypes.ImageToVideo => "video",
        _ => "output",
    };

    private static string Line(EstimatedLine line)
    {
        var unit = Unit(line.StepType);
        var count = line.Count == 1 ? $"1 {unit}" : $"{line.Count} {unit}s";
        return line is { UnitPrice: { } price, Amount: { } amount }
            ? $"{Label(line.StepType)}: {count} × {Money.DisplayUnit(price)} = {Money.Display(amount)}"
            : $"{Label(line.StepType)}: {count}, no price. {line.Error}";
    }

    private static string Label(string stepType) => stepType switch
    {
        StepTypes.PromptEnhance => "Prompt Enhancement",
        StepTypes.ImageToImage => "I2I Generation",
        StepTypes.ImageToVideo => "I2V Generation",
        _ => "Step",
    };
}
