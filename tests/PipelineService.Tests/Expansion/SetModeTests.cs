using PipelineService.Expansion;
using PipelineService.Pipelines;

namespace PipelineService.Tests.Expansion;

public sealed class SetModeTests
{
    private static SetModeConfig Config(string? coverage, params (string Kind, string[] Options)[] kinds) => new()
    {
        Coverage = coverage,
        Variations = [.. kinds.Select(kind => kind.Kind)],
        Options = kinds.Where(kind => kind.Options.Length > 0).ToDictionary(kind => kind.Kind, kind => (IReadOnlyList<string>)kind.Options),
    };

    [Fact]
    public void Full_coverage_multiplies_the_options_of_all_kinds()
    {
        var rows = SetMode.Variations(Config(null, ("angles", ["front", "side"]), ("expressions", ["smile", "serious", "laugh"])));

        Assert.Equal(6, rows.Count);
        Assert.Equal(6, rows.Select(row => $"{row["angles"]}/{row["expressions"]}").Distinct().Count());
        Assert.Equal("front/smile front/serious front/laugh side/smile side/serious side/laugh", string.Join(' ', rows.Select(row => $"{row["angles"]}/{row["expressions"]}")));
    }

    [Fact]
    public void A_kind_without_options_takes_all_of_its_standard_ones() =>
        Assert.Equal(4, SetMode.Variations(Config(null, ("angles", []))).Count);

    [Fact]
    public void One_at_a_time_varies_a_single_kind_in_each_row()
    {
        var rows = SetMode.Variations(Config(SetMode.OneAtATime, ("angles", ["front", "side"]), ("lighting", ["soft"])));

        Assert.Equal(3, rows.Count);
        Assert.All(rows, row => Assert.Single(row));
    }

    [Fact]
    public void Outside_set_mode_there_is_one_empty_variation()
    {
        Assert.Empty(Assert.Single(SetMode.Variations(null)));
        Assert.Empty(Assert.Single(SetMode.Variations(Config(null, ("angles", [])) with { Enabled = false })));
    }

    [Theory]
    [InlineData(2, 2, 2)]
    [InlineData(4, 4, 4)]
    [InlineData(3, 5, 2)]
    [InlineData(6, 1, 4)]
    public void Pairwise_coverage_shows_every_pair_of_options_somewhere(int first, int second, int third)
    {
        string[] Names(int count) => [.. Enumerable.Range(0, count).Select(index => $"option {index}")];
        var kinds = new[] { ("outfits", Names(first)), ("poses", Names(second)), ("lighting", Names(third)) };

        var rows = SetMode.Variations(Config(SetMode.Pairwise, kinds));

        foreach (var (left, right) in from a in kinds from b in kinds where string.CompareOrdinal(a.Item1, b.Item1) < 0 select (a, b))
        {
            foreach (var (x, y) in from x in left.Item2 from y in right.Item2 select (x, y))
            {
                Assert.Contains(rows, row => row[left.Item1] == x && row[right.Item1] == y);
            }
        }

        Assert.True(rows.Count <= first * second * third);
    }

    [Fact]
    public void Pairwise_coverage_of_768_combinations_needs_sixteen_rows()
    {
        var rows = SetMode.Variations(Config(
            SetMode.Pairwise,
            ("angles", ["front", "side", "three_quarter", "back"]), ("expressions", ["smile", "serious", "laugh", "neutral"]),
            ("poses", ["standing", "sitting", "walking", "action"]), ("outfits", ["casual", "formal", "sport"]), ("lighting", ["studio", "natural", "dramatic", "soft"])));

        // 4 × 4 pairs of the two largest kinds: fewer there cannot be.
        Assert.Equal(16, rows.Count);
        Assert.Equal((6 * 16) + (4 * 12), Pairs(rows).Distinct().Count());
    }

    private static IEnumerable<string> Pairs(IEnumerable<IReadOnlyDictionary<string, string>> rows) =>
        rows.SelectMany(row => row.SelectMany(left => row.Where(right => string.CompareOrdinal(left.Key, right.Key) < 0).Select(right => $"{left.Key}={left.Value} {right.Key}={right.Value}")));
}
