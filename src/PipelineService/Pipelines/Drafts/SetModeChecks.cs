using PipelineService.Expansion;

namespace PipelineService.Pipelines.Drafts;

/// <summary>Whether set mode can be multiplied out: known kinds, known options, counts in range. Pure.</summary>
internal static class SetModeChecks
{
    private static readonly string[] Fields = ["enabled", "coverage", "variations", "options", "count_per_variation"];

    /// <returns>Whether it can be planned with.</returns>
    public static bool Check(string at, SetModeConfig config, PipelineLimits limits, Faults faults)
    {
        faults.Unknown(at, config.Unknown, Fields);
        if (!config.Enabled)
        {
            return true;
        }

        faults.OneOf(at + "/coverage", config.Coverage, SetMode.Coverages);
        return faults.Range(at + "/count_per_variation", config.CountPerVariation, 1, limits.MaxCountPerVariation)
            & Kinds(at, config, faults)
            & Options(at, config, limits, faults);
    }

    private static bool Kinds(string at, SetModeConfig config, Faults faults)
    {
        var kinds = config.Variations ?? [];
        if (kinds.Count == 0)
        {
            faults.Add(at + "/variations", $"Choose what varies: one or more of {string.Join(", ", SetMode.Standard.Keys)}.");
            return false;
        }

        var good = true;
        for (var index = 0; index < kinds.Count; index++)
        {
            var pointer = $"{at}/variations/{index}";
            if (!SetMode.Standard.ContainsKey(kinds[index] ?? string.Empty))
            {
                faults.Add(pointer, $"'{Faults.Short(kinds[index] ?? "null")}' is no kind of variation. Use one or more of: {string.Join(", ", SetMode.Standard.Keys)}.");
                good = false;
            }
            else if (kinds.Take(index).Contains(kinds[index]))
            {
                faults.Add(pointer, $"'{kinds[index]}' is named twice; name each kind once.");
                good = false;
            }
            else if (kinds[index] == "outfits" && config.Options?.GetValueOrDefault("outfits") is not { Count: > 0 })
            {
                faults.Add(at + "/options/outfits", "Outfits have no standard list. Name at least one, such as \"casual\".");
                good = false;
            }
        }

        return good;
    }

    private static bool Options(string at, SetModeConfig config, PipelineLimits limits, Faults faults)
    {
        var good = true;
        foreach (var (kind, options) in config.Options ?? new Dictionary<string, IReadOnlyList<string>>())
        {
            var pointer = $"{at}/options/{Faults.Short(kind).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
            if (!SetMode.Standard.TryGetValue(kind, out var standard))
            {
                faults.Add(pointer, $"There is no such kind of variation. Use one or more of: {string.Join(", ", SetMode.Standard.Keys)}.");
                good = false;
                continue;
            }

            if (options is null || options.Count > limits.MaxSetOptions)
            {
                faults.Add(pointer, $"Give a list of at most {limits.MaxSetOptions} options.");
                good = false;
                continue;
            }

            for (var index = 0; index < options.Count; index++)
            {
                good &= Option($"{pointer}/{index}", options, index, standard, limits, faults);
            }
        }

        return good;
    }

    private static bool Option(string pointer, IReadOnlyList<string> options, int index, IReadOnlyList<string> standard, PipelineLimits limits, Faults faults)
    {
        var option = options[index];
        if (options.Take(index).Contains(option))
        {
            faults.Add(pointer, $"'{Faults.Short(option ?? "null")}' is named twice; name each option once.");
            return false;
        }

        return standard.Count == 0
            ? faults.Text(pointer, option, limits.MaxHintChars, "An outfit")
            : faults.OneOf(pointer, option ?? "null", standard);
    }
}
