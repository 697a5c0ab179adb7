using Contracts.Generation;
using Microsoft.Extensions.Options;
using PipelineService.Pipelines;
using PipelineService.Pipelines.Drafts;
using Providers;
using Providers.Catalog;

namespace PipelineService.Sheets;

/// <summary>A group with the pipeline that it would become, and its price.</summary>
internal sealed record PricedGroup(SheetGroup Group, PipelineRequest Request, PricedDraft Priced);

/// <summary>All that is known about a sheet before it runs.</summary>
/// <param name="Faults">By row.</param>
/// <param name="Good">Rows without faults, in their order.</param>
/// <param name="Errors">What is wrong with the request itself, by JSON pointer; empty when nothing is.</param>
internal sealed record CheckedSheet(
    SheetTable Table, SheetColumns Columns, IReadOnlyList<SheetFault> Faults, IReadOnlyList<SheetEntry> Good, IReadOnlyList<PricedGroup> Groups,
    IReadOnlyList<string> Warnings, IReadOnlyDictionary<string, string[]> Errors)
{
    public decimal Total => Groups.Sum(group => group.Priced.Quote.Total);
}

/// <summary>Checks the rows of a sheet and prices what they would make. Stores nothing.</summary>
internal sealed class SheetChecking(SheetPictures pictures, DraftIntake intake, DraftChecks drafts, ModelCatalog catalog, IOptions<PipelineLimits> limits, IOptions<SheetsOptions> options)
{
    private static readonly string[] Fields = ["mapping", "pipeline", "edits", "pictures", "leave_out_bad_rows", "max_cost_usd"];

    public async Task<CheckedSheet> CheckAsync(long tenantId, string name, SheetTable table, SheetRequest request, CancellationToken cancellationToken)
    {
        var errors = new Faults();
        errors.Unknown(string.Empty, request.Unknown, Fields);
        errors.Unknown("/mapping", request.Mapping?.Unknown, SheetColumns.Fields);
        var edits = Edits(request, errors);
        if (request.MaxCostUsd < 0)
        {
            errors.Add("/max_cost_usd", "Use US dollars of 0 or more, or leave it out.");
        }

        if (request.Pipeline?.Inputs is not null)
        {
            errors.Add("/pipeline/inputs", "The rows are the inputs. Leave it out.");
        }

        var (columns, wrong) = SheetColumns.Of(table.Columns, request.Mapping);
        foreach (var (pointer, messages) in wrong)
        {
            errors.Add(pointer, messages[0]);
        }

        var steps = (request.Pipeline?.Steps ?? []).OfType<StepRequest>().Where(step => step.Skip != true && step.Config?.Skip != true).ToList();
        var makers = steps.Where(step => step.StepType is StepTypes.ImageToImage or StepTypes.ImageToVideo).ToList();
        string[] kinds = request.Pipeline is null ? [StepTypes.ImageToImage, StepTypes.ImageToVideo] : [.. makers.Select(step => step.StepType!)];
        var models = makers.Select(step => step.Config?.Model is { } id ? catalog.Find(id) : catalog.Default(step.StepType == StepTypes.ImageToImage ? GenerationKind.Image : GenerationKind.Video)).OfType<ModelInfo>().ToList();
        var rows = new SheetRows(columns, catalog, kinds, steps.All(step => step.StepType != StepTypes.PromptEnhance), models, limits.Value);
        var good = await pictures.FindAsync(tenantId, rows.Read(table, edits), request.Pictures, rows, cancellationToken);
        List<PricedGroup> groups = [];
        List<string> warnings = [.. table.Notes];
        if (request.Pipeline is { } pipeline && columns.NameOf("image") is not null && good.Count > 0 && !errors.Any)
        {
            groups = await PriceAsync(tenantId, name, pipeline, good, rows, errors, cancellationToken);
            warnings.AddRange(groups.SelectMany(group => group.Priced.Draft.Warnings).Distinct());
            var bad = rows.Faults.Select(fault => fault.Row).ToHashSet();
            good = [.. good.Where(entry => !bad.Contains(entry.Row))];
        }

        return new CheckedSheet(table, columns, [.. rows.Faults.OrderBy(fault => fault.Row)], good, groups, warnings, errors.ToDictionary());
    }

    private static Dictionary<int, SheetEdit> Edits(SheetRequest request, Faults errors)
    {
        var edits = new Dictionary<int, SheetEdit>();
        foreach (var (row, edit) in request.Edits ?? new Dictionary<string, SheetEdit?>())
        {
            if (!int.TryParse(row, out var number) || edit is null)
            {
                errors.Add($"/edits/{Faults.Short(row)}", "Name rows by their numbers, and give each the fields that are to change.");
                continue;
            }

            errors.Unknown($"/edits/{row}", edit.Unknown, SheetColumns.Fields);
            edits[number] = edit;
        }

        return edits;
    }

    private async Task<List<PricedGroup>> PriceAsync(
        long tenantId, string name, PipelineRequest pipeline, List<SheetEntry> good, SheetRows rows, Faults errors, CancellationToken cancellationToken)
    {
        var groups = SheetGroups.Of(good, MostRows(tenantId, pipeline, good[0]));
        if (groups.Count > options.Value.MaxPipelines)
        {
            errors.Add("/mapping", $"The rows would make {groups.Count:N0} pipelines, because they differ in model or seed; at most {options.Value.MaxPipelines} are possible. Leave the seed out, or split the sheet.");
            return [];
        }

        var priced = new List<PricedGroup>();
        foreach (var (group, place) in groups.Select((group, place) => (group, place)))
        {
            var request = SheetGroups.Request(pipeline, group, SheetGroups.Name(string.IsNullOrWhiteSpace(pipeline.Name) ? name : pipeline.Name, place, groups.Count), null, ImageOf, catalog);
            var (draft, faults) = await intake.PriceAsync(tenantId, request, cancellationToken);
            if (draft is not null)
            {
                priced.Add(new PricedGroup(group, request, draft));
            }

            Tell(group, faults ?? [], rows, errors);
        }

        return priced;
    }

    /// <summary>Faults of inputs are their rows'; the rest is the request's.</summary>
    internal static void Tell(SheetGroup group, Dictionary<string, string[]> faults, SheetRows rows, Faults errors)
    {
        foreach (var (pointer, messages) in faults)
        {
            if (pointer.Split('/') is ["", "inputs", ("images" or "prompts") and var list, var at, ..] && int.TryParse(at, out var index) && index < group.Rows.Count)
            {
                var row = group.Rows[index];
                rows.Add(row.Row, list == "images" ? "image" : "prompt", messages[0], list == "images" ? row.Image.Url : row.Prompt);
            }
            else
            {
                errors.Add("/pipeline" + pointer, messages[0]);
            }
        }
    }

    internal static InputImageRequest ImageOf(SheetEntry entry) =>
        entry.Image.Url is { } url ? new InputImageRequest { Url = url } : new InputImageRequest { AssetId = entry.Image.AssetId };

    /// <summary>Rows that fit into one pipeline: by its pictures, and by the items of its largest step.</summary>
    private int MostRows(long tenantId, PipelineRequest pipeline, SheetEntry row)
    {
        var one = drafts.Check(tenantId, SheetGroups.Request(pipeline, new SheetGroup(null, null, [row]), "One row", null, ImageOf, catalog)).Draft.Plan;
        var items = one.Steps.Count == 0 ? 1 : Math.Max(1, one.Steps.Max(step => step.Items));
        return (int)Math.Clamp(limits.Value.MaxItemsPerStep / items, 1, Math.Min(limits.Value.MaxImages, limits.Value.MaxPrompts));
    }
}
