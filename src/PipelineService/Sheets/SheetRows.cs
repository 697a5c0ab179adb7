using System.Globalization;
using Contracts.Generation;
using PipelineService.Assets;
using PipelineService.Pipelines;
using PipelineService.Pipelines.Drafts;
using Providers;
using Providers.Catalog;

namespace PipelineService.Sheets;

/// <summary>What a row asks for.</summary>
/// <param name="Row">Its number.</param>
internal sealed record SheetEntry(int Row, SheetImage Image, string Prompt, string? Model, long? Seed, string? Name);

/// <summary>At most one of the three is given; none where the sheet has no column for pictures.</summary>
internal readonly record struct SheetImage(long? AssetId, string? Url, string? File);

/// <summary>What is wrong with a row, or with the sheet as a whole.</summary>
/// <param name="Row">Its number; null for the whole.</param>
/// <param name="Column">The name of the column; null where there is none.</param>
/// <param name="Field">image, prompt, model, seed or name.</param>
/// <param name="Value">What stands there, shortened.</param>
internal sealed record SheetFault(int? Row, string? Column, string Field, string Message, string? Value = null);

/// <summary>What can be known of rows without looking anything up. Pure.</summary>
/// <param name="kinds">Types of the steps that make pictures or clips here.</param>
/// <param name="promptsGoToModels">No enhancer stands between the prompts and the models, so prompts have to fit them.</param>
/// <param name="defaults">The model of each of those steps.</param>
internal sealed class SheetRows(
    SheetColumns columns, ModelCatalog catalog, IReadOnlyCollection<string> kinds, bool promptsGoToModels, IReadOnlyList<ModelInfo> defaults, PipelineLimits limits)
{
    private const int LongestName = 200;

    public List<SheetFault> Faults { get; } = [];

    /// <summary>The good rows in their order; the others are among the faults.</summary>
    /// <param name="edits">Other texts for single fields, by row.</param>
    public List<SheetEntry> Read(SheetTable table, IReadOnlyDictionary<int, SheetEdit> edits)
    {
        if (columns.NameOf("prompt") is null)
        {
            Faults.Add(new SheetFault(null, null, "prompt", "No column was recognised as the prompt. Choose the one that holds it."));
            return [];
        }

        var entries = new List<SheetEntry>(table.Rows.Count);
        foreach (var row in table.Rows)
        {
            var before = Faults.Count;
            var entry = Entry(row, edits.GetValueOrDefault(row.Number));
            if (Faults.Count == before)
            {
                entries.Add(entry);
            }
        }

        return entries;
    }

    private SheetEntry Entry(SheetRow row, SheetEdit? edit)
    {
        // A row that has more cells than the header is wrong wherever the text went.
        if (row.Problems?.GetValueOrDefault(row.Cells.Count - 1) is { } shape && shape.StartsWith("The row has", StringComparison.Ordinal) && edit is null)
        {
            Faults.Add(new SheetFault(row.Number, columns.Names[^1], "prompt", shape));
        }

        var image = Cell(row, "image", edit?.Image) is { } picture ? Image(row.Number, picture) : default;
        var prompt = Cell(row, "prompt", edit?.Prompt) ?? string.Empty;
        var model = Model(row.Number, Cell(row, "model", edit?.Model));
        Prompt(row.Number, prompt, model);
        var name = Cell(row, "name", edit?.Name);
        if (name?.Length > LongestName)
        {
            Add(row.Number, "name", $"The name has {name.Length:N0} characters; at most {LongestName} are accepted.", name);
        }

        return new SheetEntry(row.Number, image, prompt, model?.Id, Seed(row.Number, Cell(row, "seed", edit?.Seed)), string.IsNullOrEmpty(name) ? null : name);
    }

    /// <returns>Null where the sheet has no such column.</returns>
    private string? Cell(SheetRow row, string field, string? edited)
    {
        if (edited is not null)
        {
            return edited.Trim();
        }

        if (!columns.Places.TryGetValue(field, out var place))
        {
            return null;
        }

        if (row.Problems?.GetValueOrDefault(place) is { } problem && !problem.StartsWith("The row has", StringComparison.Ordinal))
        {
            Add(row.Number, field, problem, row.Cells[place]);
        }

        return row.Cells[place];
    }

    private SheetImage Image(int row, string text)
    {
        if (text.Length == 0)
        {
            Add(row, "image", "The picture is missing. Give its file name, its id or its address.", text);
            return default;
        }

        if (text.All(char.IsAsciiDigit))
        {
            if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0)
            {
                return new SheetImage(id, null, null);
            }

            Add(row, "image", "There is no such picture. Give its file name, its id or its address.", text);
            return default;
        }

        if (!text.Contains("://", StringComparison.Ordinal))
        {
            return new SheetImage(null, null, AssetName.Clean(text));
        }

        if (AssetImporter.Refusal(text) is { } refusal)
        {
            Add(row, "image", refusal, text);
        }

        return new SheetImage(null, text, null);
    }

    private ModelInfo? Model(int row, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (catalog.Find(text) is not { } model || model.Kind == GenerationKind.Prompts)
        {
            var meant = NearestWord.Of(text, catalog.All.Where(known => kinds.Contains(StepOf(known))).Select(known => known.Id)) is { } near ? $" Did you mean '{near}'?" : string.Empty;
            Add(row, "model", $"There is no model '{Pipelines.Drafts.Faults.Short(text)}'.{meant}", text);
            return null;
        }

        if (!kinds.Contains(StepOf(model)))
        {
            Add(row, "model", model.Kind == GenerationKind.Image ? $"{model.Id} makes images, and none are made here." : $"{model.Id} makes videos, and none are made here.", text);
        }

        return model;
    }

    private void Prompt(int row, string prompt, ModelInfo? own)
    {
        if (prompt.Length == 0)
        {
            Add(row, "prompt", "The prompt is missing.", prompt);
        }
        else if (prompt.Length > limits.MaxPromptChars)
        {
            Add(row, "prompt", $"The prompt has {prompt.Length:N0} characters; at most {limits.MaxPromptChars:N0} are accepted.", prompt);
        }
        else if (prompt.Any(character => char.IsControl(character) && character is not ('\n' or '\r' or '\t')))
        {
            Add(row, "prompt", "The prompt contains control characters. Use printable characters, tabs and line breaks only.", prompt);
        }
        else if (promptsGoToModels
            && defaults.Select(model => own is not null && own.Kind == model.Kind ? own : model).Select(model => PromptLimit.Refusal(model, prompt)).OfType<string>().FirstOrDefault() is { } refusal)
        {
            Add(row, "prompt", refusal, prompt);
        }
    }

    private long? Seed(int row, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) && seed <= StepChecks.MaxSeed)
        {
            return seed;
        }

        Add(row, "seed", $"'{Pipelines.Drafts.Faults.Short(text)}' is no seed. Use a whole number from 0 to {StepChecks.MaxSeed}, or leave it empty.", text);
        return null;
    }

    public void Add(int row, string field, string message, string? value) =>
        Faults.Add(new SheetFault(row, columns.NameOf(field), field, message, value is null ? null : value.Length <= 300 ? value : value[..300] + "…"));

    internal static string StepOf(ModelInfo model) => model.Kind == GenerationKind.Image ? StepTypes.ImageToImage : StepTypes.ImageToVideo;
}
