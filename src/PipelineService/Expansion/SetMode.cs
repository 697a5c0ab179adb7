using PipelineService.Pipelines;

namespace PipelineService.Expansion;

/// <summary>Set mode: which variations a picture gets. Pure.</summary>
public static class SetMode
{
    public const string Full = "full";
    public const string OneAtATime = "one_at_a_time";
    public const string Pairwise = "pairwise";

    public static IReadOnlyList<string> Coverages { get; } = [Full, OneAtATime, Pairwise];

    /// <summary>Standard options by kind, in the order in which they are made. Outfits have none: they are free text.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Standard { get; } = new Dictionary<string, IReadOnlyList<string>>
    {
        ["angles"] = ["front", "side", "three_quarter", "back"],
        ["expressions"] = ["smile", "serious", "laugh", "contemplative", "neutral", "surprise"],
        ["poses"] = ["standing", "sitting", "walking", "action", "dancing"],
        ["outfits"] = [],
        ["lighting"] = ["studio", "natural", "dramatic", "soft"],
    };

    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    /// <summary>The variations asked for: one empty one outside set mode, else by coverage. Kinds vary in the order given, the last one fastest.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Variations(SetModeConfig? config)
    {
        if (config is not { Enabled: true })
        {
            return [None];
        }

        var kinds = Kinds(config);
        return config.Coverage switch
        {
            OneAtATime => OneByOne(kinds),
            Pairwise => PairwiseCover.Of(kinds),
            _ => Product(kinds),
        };
    }

    /// <summary>How many <see cref="Variations"/> there are in full coverage, without making them.</summary>
    public static long FullCount(SetModeConfig config) => Kinds(config).Aggregate(1L, (product, kind) => product * kind.Options.Count);

    /// <summary>The chosen kinds with their options; a kind without options takes all of its standard ones.</summary>
    public static IReadOnlyList<SetKind> Kinds(SetModeConfig config) =>
        [.. (config.Variations ?? []).Select(kind => new SetKind(kind, Options(config, kind)))];

    private static IReadOnlyList<string> Options(SetModeConfig config, string kind) =>
        config.Options?.GetValueOrDefault(kind) is { Count: > 0 } given ? given : Standard.GetValueOrDefault(kind) ?? [];

    private static List<IReadOnlyDictionary<string, string>> Product(IReadOnlyList<SetKind> kinds)
    {
        List<IReadOnlyDictionary<string, string>> rows = [None];
        foreach (var kind in kinds)
        {
            rows = [.. rows.SelectMany(row => kind.Options.Select(option => With(row, kind.Name, option)))];
        }

        return rows;
    }

    private static List<IReadOnlyDictionary<string, string>> OneByOne(IReadOnlyList<SetKind> kinds) =>
        [.. kinds.SelectMany(kind => kind.Options.Select(option => With(None, kind.Name, option)))];

    private static Dictionary<string, string> With(IReadOnlyDictionary<string, string> row, string kind, string option) =>
        new(row) { [kind] = option };
}

/// <param name="Name">angles, expressions, poses, outfits or lighting.</param>
public sealed record SetKind(string Name, IReadOnlyList<string> Options);
