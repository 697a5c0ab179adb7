using Contracts.Generation;
using PipelineService.Expansion;
using PipelineService.Pipelines;
using PipelineService.Reuse;

namespace PipelineService.Tests.Reuse;

/// <summary>Which requests are the same.</summary>
public sealed class ReuseKeyTests
{
    private static readonly GenerationParameters Parameters = new("kling-image", "9:16", null, "1K");
    private static readonly ItemInput Input = new("woman in red dress", null, 0, 0, new Dictionary<string, string> { ["angles"] = "side", ["poses"] = "sitting" }, 1, 77);

    [Fact]
    public void A_derived_seed_a_place_and_the_order_of_a_variation_do_not_count()
    {
        var other = Input with { Seed = 78, ImageIndex = 4, PromptIndex = 9, Original = "longer", Variation = new Dictionary<string, string> { ["poses"] = "sitting", ["angles"] = "side" } };

        Assert.Equal(Key(Input), Key(other));
        Assert.Equal(ReuseKey.Length * 2, Key(Input).Length);
    }

    [Fact]
    public void Everything_that_changes_the_result_counts()
    {
        string[] keys =
        [
            Key(Input),
            Key(Input, sha256: "bb"),
            Key(Input, asked: true),
            Key(Input with { Seed = 78 }, asked: true),
            Key(Input with { Take = 0 }),
            Key(Input with { Prompt = "woman in red dres" }),
            Key(Input with { Variation = null }),
            Key(Input with { Variation = new Dictionary<string, string> { ["angles"] = "sideposes", ["poses"] = "sitting" } }),
            Key(Input, parameters: Parameters with { Model = "nano-banana" }),
            Key(Input, parameters: Parameters with { Resolution = "2K" }),
            Key(Input, parameters: Parameters with { NegativePrompt = "blur" }),
        ];

        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    [Fact]
    public void A_seed_counts_when_a_person_asked_for_it()
    {
        Assert.False(ReuseKey.SeedAsked(Input with { Seed = Seeds.Of(null, 5, 2, 3, 1) }, 5, 2, 3));
        Assert.True(ReuseKey.SeedAsked(Input with { Seed = Seeds.Of(42, 5, 2, 3, 1) }, 5, 2, 3));
    }

    [Theory]
    [InlineData(true, true, false, ReuseMove.Take)]
    [InlineData(true, false, true, ReuseMove.Take)]
    [InlineData(false, true, false, ReuseMove.Make)]
    [InlineData(false, true, true, ReuseMove.Wait)]
    [InlineData(false, false, false, ReuseMove.Wait)]
    public void What_is_stored_is_taken_and_only_the_first_of_the_rest_is_made(bool stored, bool first, bool elsewhere, ReuseMove expected) =>
        Assert.Equal(expected, ReuseDecision.Of(stored, first, elsewhere));

    [Fact]
    public void Waiting_lasts_as_long_as_the_other_has_been_under_way_within_bounds()
    {
        var options = new ReuseOptions();
        Assert.Equal(options.LeastWait, ReuseDecision.WaitFor(TimeSpan.FromSeconds(-1), options));
        Assert.Equal(TimeSpan.FromSeconds(2), ReuseDecision.WaitFor(TimeSpan.FromSeconds(2), options));
        Assert.Equal(options.LongestWait, ReuseDecision.WaitFor(TimeSpan.FromMinutes(2), options));
    }

    private static string Key(ItemInput input, string sha256 = "aa", bool asked = false, GenerationParameters? parameters = null) =>
        Convert.ToHexString(new ReuseKey(parameters ?? Parameters).Of(input, sha256, asked));
}
