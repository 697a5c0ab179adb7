using System.Text.Json;
using ServiceDefaults;

namespace PipelineService.Pipelines;

/// <summary>
/// The lists of a pipeline, which are as long as the run is large. They are stored in parts, apart from pipeline and steps, so that whoever counts,
/// sends or completes items does not read them.
/// </summary>
/// <param name="Images">By input index, stored assets by now, whatever form they were given in; the same picture twice is two inputs.</param>
/// <param name="OfSteps">Prompts that steps bring with them, by step type; steps without any are absent.</param>
public sealed record PipelineInputs(IReadOnlyList<InputImage> Images, IReadOnlyList<string> Prompts, IReadOnlyDictionary<string, IReadOnlyList<string>> OfSteps)
{
    private const string ImageList = "images";
    private const string PromptList = "prompts";

    public PipelineInputs(IReadOnlyList<InputImage> images, IReadOnlyList<string> prompts)
        : this(images, prompts, new Dictionary<string, IReadOnlyList<string>>())
    {
    }

    /// <summary>A step's config with its prompts, as it was given.</summary>
    public StepConfig Whole(Step step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return OfSteps.TryGetValue(step.StepType, out var prompts) ? StepPrompts.Put(step.StepType, step.Config, prompts) : step.Config;
    }

    /// <summary>As rows.</summary>
    public IEnumerable<InputPart> Parts(long tenantId, long pipelineId) =>
        Split(tenantId, pipelineId, ImageList, Images)
            .Concat(Split(tenantId, pipelineId, PromptList, Prompts))
            .Concat(OfSteps.SelectMany(pair => Split(tenantId, pipelineId, pair.Key, pair.Value)));

    /// <param name="parts">All rows of a pipeline, or the first of each list.</param>
    public static PipelineInputs Of(IEnumerable<InputPart> parts)
    {
        var lists = parts.OrderBy(part => part.Part).ToLookup(part => part.List, part => part.Content);
        return new PipelineInputs(
            Join<InputImage>(lists[ImageList]),
            Join<string>(lists[PromptList]),
            lists.Where(list => list.Key is not (ImageList or PromptList)).ToDictionary(list => list.Key, IReadOnlyList<string> (list) => Join<string>(list)));
    }

    private static IEnumerable<InputPart> Split<T>(long tenantId, long pipelineId, string list, IReadOnlyList<T> entries) =>
        entries.Chunk(InputPart.Size).Select((chunk, part) => new InputPart
        {
            PipelineId = pipelineId,
            TenantId = tenantId,
            List = list,
            Part = part,
            Content = JsonSerializer.Serialize(chunk, PipelineJson.Options),
        });

    private static List<T> Join<T>(IEnumerable<string> contents) =>
        [.. contents.SelectMany(content => JsonSerializer.Deserialize<T[]>(content, PipelineJson.Options)!)];
}

/// <param name="Url">Where it came from, when it was given as an address.</param>
public sealed record InputImage(long AssetId, string? Url = null);

/// <summary>A part of one list of a pipeline.</summary>
public sealed class InputPart
{
    /// <summary>Entries of a part; a view shows the first part.</summary>
    public const int Size = 1000;

    public required long PipelineId { get; init; }

    /// <summary>images, prompts, or the type of the step whose prompts they are.</summary>
    public required string List { get; init; }

    /// <summary>From 0.</summary>
    public required int Part { get; init; }

    public required long TenantId { get; init; }

    /// <summary>A JSON array.</summary>
    public required string Content { get; init; }
}
