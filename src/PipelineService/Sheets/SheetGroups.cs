using Contracts.Generation;
using PipelineService.Pipelines;
using PipelineService.Pipelines.Drafts;
using Providers;
using Providers.Catalog;
using ServiceDefaults.Storage;

namespace PipelineService.Sheets;

/// <summary>Rows that run as one pipeline: one to one, in their order.</summary>
/// <param name="Model">In place of the model of the step that makes the same kind; null: the step's own.</param>
/// <param name="Seed">Null: none was asked for.</param>
internal sealed record SheetGroup(string? Model, long? Seed, IReadOnlyList<SheetEntry> Rows);

/// <summary>Puts rows into as few pipelines as possible. Pure.</summary>
internal static class SheetGroups
{
    /// <param name="most">Rows that one pipeline takes.</param>
    public static List<SheetGroup> Of(IEnumerable<SheetEntry> entries, int most) =>
        [.. entries.GroupBy(entry => (entry.Model, entry.Seed)).SelectMany(same => same.Chunk(most).Select(rows => new SheetGroup(same.Key.Model, same.Key.Seed, rows)))];

    /// <summary>The pipeline of a group.</summary>
    /// <param name="common">What all have in common; its inputs are the rows'.</param>
    /// <param name="name">Of the pipeline.</param>
    /// <param name="imageOf">The picture of a row.</param>
    public static PipelineRequest Request(PipelineRequest common, SheetGroup group, string name, Guid? together, Func<SheetEntry, InputImageRequest> imageOf, ModelCatalog catalog) => common with
    {
        Name = name,
        RunGroupId = together,
        Inputs = new InputsRequest { Images = [.. group.Rows.Select(imageOf)], Prompts = [.. group.Rows.Select(row => row.Prompt)], Combine = Combine.Paired.Word() },
        Steps = [.. (common.Steps ?? []).Select(step => step is null ? null : With(step, group, catalog))],
    };

    /// <summary>Its share of what all may spend: by the estimates, rounded down, so that together they stay below it.</summary>
    public static decimal? Share(decimal? budget, decimal part, decimal whole) =>
        budget is not { } most || whole == 0 ? budget : Math.Max(0.000001m, decimal.Round(most * part / whole, 6, MidpointRounding.ToZero));

    public static string Name(string common, int place, int count)
    {
        var end = count == 1 ? string.Empty : $" ({place + 1} of {count})";
        var most = PipelineNames.Longest - end.Length;
        return (common.Length <= most ? common : common[..most]) + end;
    }

    private static StepRequest With(StepRequest step, SheetGroup group, ModelCatalog catalog)
    {
        if (step.StepType is not (StepTypes.ImageToImage or StepTypes.ImageToVideo))
        {
            return step;
        }

        var config = step.Config ?? new StepConfig();
        var own = group.Model is { } id && catalog.Find(id) is { } model && SheetRows.StepOf(model) == step.StepType ? model.Id : config.Model;
        return step with { Config = config with { Model = own, Seed = group.Seed ?? config.Seed } };
    }
}
