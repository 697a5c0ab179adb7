using Contracts.Generation;

namespace Providers.Catalog;

/// <summary>
/// The one function that turns wishes into parameters. Estimate, quote, charge and adapter use its result, so that what is priced is what is made.
/// </summary>
public sealed class ParameterResolver(ModelCatalog catalog)
{
    /// <param name="modelId">Null for the kind's default.</param>
    /// <param name="servedBy">The provider that would run it: it may offer less than the catalog, and a retired model is refused unless that one is simulated.</param>
    public ParameterResolution Resolve(GenerationKind kind, string? modelId, AskedParameters asked, string servedBy)
    {
        var found = modelId is null ? catalog.Default(kind) : catalog.Find(modelId);
        if (found is null || found.Kind != kind)
        {
            return new ParameterResolution.Refused([UnknownModel(kind, modelId!, found)]);
        }

        var model = found.At(servedBy);
        var answer = new Answer();
        var can = model.Capabilities;
        CheckAvailability(model, servedBy, answer);
        var ratio = Choose("aspect_ratio", "aspect ratio", model, [.. can.AcceptedAspectRatios], can.DefaultAspectRatio, asked.AspectRatio, answer);
        var parameters = new GenerationParameters(
            model.Id,
            ratio,
            Size(model, ratio, answer),
            Choose("resolution", "resolution", model, can.Resolutions, can.DefaultResolution, asked.Resolution, answer),
            Choose("quality", "quality", model, can.Qualities, can.DefaultQuality, asked.Quality, answer),
            Duration(model, asked.DurationSec, answer),
            Audio(model, asked.Audio, answer),
            NegativePrompt(model, asked.NegativePrompt, answer));
        return answer.Errors.Count > 0
            ? new ParameterResolution.Refused(answer.Errors)
            : new ParameterResolution.Resolved(parameters, model, answer.Warnings);
    }

    private ParameterError UnknownModel(GenerationKind kind, string asked, ModelInfo? other)
    {
        var noun = kind == GenerationKind.Video ? "video" : "image";
        var problem = other is null ? $"There is no model '{Short(asked)}'." : $"{other.Id} does not make {noun}s.";
        return new ParameterError("/model", $"{problem} Use one of: {string.Join(", ", catalog.OfKind(kind).Select(model => model.Id))}.");
    }

    private static void CheckAvailability(ModelInfo model, string servedBy, Answer answer)
    {
        var (status, _, note) = model.Availability;
        var instead = model.Successor is { } successor ? $" Use {successor} instead." : "";
        if (status == ModelStatus.Retired)
        {
            if (ProviderNames.IsSimulated(servedBy))
            {
                answer.Warnings.Add($"{model.Id}: {note} Only the demo renderer runs it.{instead}");
            }
            else
            {
                var orElse = instead.Length > 0 ? instead : " No successor is known; choose another model.";
                answer.Errors.Add(new ParameterError("/model", $"{model.Id} cannot run any more. {note}{orElse}"));
            }
        }
        else if (note is not null)
        {
            answer.Warnings.Add($"{model.Id}: {note}{instead}");
        }
    }

    private static string? Choose(
        string field, string noun, ModelInfo model, IReadOnlyList<string> accepted, string? fallback, string? asked, Answer answer)
    {
        if (string.IsNullOrWhiteSpace(asked))
        {
            return fallback;
        }

        var wish = asked.Trim();
        if (accepted.Count == 0)
        {
            answer.Errors.Add(new ParameterError("/" + field, $"{model.Id} has no {noun} to choose; leave it out."));
            return null;
        }

        var match = accepted.FirstOrDefault(value => value.Equals(wish, StringComparison.OrdinalIgnoreCase));
        if (match is null)
        {
            answer.Errors.Add(new ParameterError("/" + field, $"{model.Id} does not offer the {noun} '{Short(wish)}'. Use one of: {string.Join(", ", accepted)}."));
        }

        return match;
    }

    private static string? Size(ModelInfo model, string? ratio, Answer answer)
    {
        var can = model.Capabilities;
        if (ratio is null || !can.AspectMap.TryGetValue(ratio, out var mapped))
        {
            return null;
        }

        if (!can.AspectRatios.Contains(ratio, StringComparer.OrdinalIgnoreCase))
        {
            var own = can.AspectRatios.FirstOrDefault(other => can.AspectMap.GetValueOrDefault(other) == mapped);
            answer.Warnings.Add($"{model.Id} has no {ratio}; pictures come as {mapped}{(own is null ? "" : $" ({own})")}.");
        }

        // "auto" leaves the size to the model
        return mapped.Contains('x', StringComparison.Ordinal) ? mapped : null;
    }

    private static int? Duration(ModelInfo model, int? asked, Answer answer)
    {
        var durations = model.Capabilities.Durations;
        if (asked is not { } seconds)
        {
            return model.Capabilities.DefaultDurationSec;
        }

        if (durations.Count == 0)
        {
            answer.Errors.Add(new ParameterError("/duration_sec", $"{model.Id} has no duration to choose; leave it out."));
        }
        else if (!durations.Contains(seconds))
        {
            answer.Errors.Add(new ParameterError(
                "/duration_sec", $"{model.Id} does not make clips of {seconds} seconds. Use one of: {string.Join(", ", durations)}."));
        }

        return seconds;
    }

    private static bool Audio(ModelInfo model, bool? asked, Answer answer)
    {
        if (asked == true && !model.Capabilities.Audio)
        {
            answer.Errors.Add(new ParameterError("/audio", $"{model.Id} makes no sound. Use false or leave it out."));
        }

        return asked ?? false;
    }

    private static string? NegativePrompt(ModelInfo model, string? asked, Answer answer)
    {
        if (string.IsNullOrWhiteSpace(asked))
        {
            return null;
        }

        var wish = asked.Trim();
        if (!model.Capabilities.NegativePrompt)
        {
            answer.Errors.Add(new ParameterError("/negative_prompt", $"{model.Id} takes no negative prompt; leave it out."));
        }
        else if (model.Capabilities.NegativePromptMaxChars is { } max && wish.Length > max)
        {
            answer.Errors.Add(new ParameterError("/negative_prompt", $"The negative prompt has {wish.Length} characters; {model.Id} takes up to {max}."));
        }

        return wish;
    }

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private sealed class Answer
    {
        public List<ParameterError> Errors { get; } = [];

        public List<string> Warnings { get; } = [];
    }
}
