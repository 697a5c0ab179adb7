using System.Text.Json;
using System.Text.Json.Serialization;

namespace PipelineService.Sheets;

/// <summary>Which column means what, by name. What is left out is guessed, and an empty text means no column.</summary>
public sealed record SheetMapping
{
    /// <summary>A file name in the library, an asset's id, or an http or https address.</summary>
    public string? Image { get; init; }

    public string? Prompt { get; init; }

    /// <summary>Id of a model, in place of the one of the step that makes the same kind.</summary>
    public string? Model { get; init; }

    public string? Seed { get; init; }

    /// <summary>What the row is called; it comes back with the results.</summary>
    public string? Name { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }

    internal string? Of(string field) => field switch
    {
        "image" => Image,
        "prompt" => Prompt,
        "model" => Model,
        "seed" => Seed,
        _ => Name,
    };
}

/// <summary>The columns that a sheet's fields are read from, by place. Pure.</summary>
/// <param name="Places">From 0; a field without a column is absent.</param>
internal sealed record SheetColumns(IReadOnlyList<string> Names, IReadOnlyDictionary<string, int> Places)
{
    public static readonly string[] Fields = ["image", "prompt", "model", "seed", "name"];

    private static readonly Dictionary<string, string[]> Known = new()
    {
        ["image"] = ["image", "images", "imagefile", "imageurl", "imagename", "photo", "photos", "photofile", "photourl", "picture", "pictureurl", "file", "filename", "asset", "assetid", "source", "sourceimage", "url", "img"],
        ["prompt"] = ["prompt", "prompts", "text", "description", "caption"],
        ["model"] = ["model", "modelid"],
        ["seed"] = ["seed"],
        ["name"] = ["name", "title", "label", "sku", "outputname"],
    };

    public string? NameOf(string field) => Places.TryGetValue(field, out var place) ? Names[place] : null;

    public SheetMapping Mapping => new() { Image = NameOf("image"), Prompt = NameOf("prompt"), Model = NameOf("model"), Seed = NameOf("seed"), Name = NameOf("name") };

    /// <summary>Columns as they are named, else as they are guessed from their headers; names that are none are told by pointer.</summary>
    public static (SheetColumns Columns, IReadOnlyDictionary<string, string[]> Errors) Of(IReadOnlyList<string> names, SheetMapping? mapping)
    {
        var places = new Dictionary<string, int>();
        var errors = new Dictionary<string, string[]>();
        foreach (var field in Fields)
        {
            if (mapping?.Of(field) is not { } named)
            {
                continue;
            }

            var place = names.ToList().FindIndex(name => name.Equals(named, StringComparison.OrdinalIgnoreCase));
            if (named.Length > 0 && place < 0)
            {
                errors[$"/mapping/{field}"] = [$"There is no column '{Pipelines.Drafts.Faults.Short(named)}'. Use one of: {string.Join(", ", names)}."];
            }
            else if (named.Length > 0)
            {
                places[field] = place;
            }
        }

        foreach (var field in Fields.Where(field => mapping?.Of(field) is null))
        {
            var place = Known[field].Select(word => names.ToList().FindIndex(name => Plain(name) == word)).FirstOrDefault(found => found >= 0 && !places.ContainsValue(found), -1);
            if (place >= 0)
            {
                places[field] = place;
            }
        }

        return (new SheetColumns(names, places), errors);
    }

    private static string Plain(string name) => new([.. name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
}
