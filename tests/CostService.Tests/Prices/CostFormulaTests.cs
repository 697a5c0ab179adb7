using Contracts.Generation;
using CostService.Prices;
using Providers.Catalog;
using Xunit;

namespace CostService.Tests.Prices;

public sealed class CostFormulaTests
{
    [Theory]
    [InlineData("kling-image", "1K", 0.028)]
    [InlineData("kling-image", "2K", 0.028)]
    [InlineData("nano-banana", "1K", 0.039)]
    [InlineData("nano-banana-pro", "1K", 0.15)]
    [InlineData("nano-banana-pro", "4K", 0.30)]
    [InlineData("nano-banana-2", "0.5K", 0.06)]
    public void An_image_costs_what_its_resolution_costs(string model, string resolution, decimal expected) =>
        Assert.Equal(expected, PriceOf(new(model, Resolution: resolution)));

    [Theory]
    [InlineData("low", "1024x1024", 0.009)]
    [InlineData("medium", "1024x1536", 0.051)]
    [InlineData("high", "1024x1024", 0.133)]
    [InlineData("high", "1024x1536", 0.2)]
    public void An_image_costs_what_its_quality_and_size_cost(string quality, string size, decimal expected) =>
        Assert.Equal(expected, PriceOf(new("gpt-image-1.5", Quality: quality, Size: size)));

    [Fact]
    public void Where_the_model_chooses_the_size_the_dearest_one_is_quoted() =>
        Assert.Equal(0.2m, PriceOf(new("gpt-image-1.5", AspectRatio: "auto", Quality: "high")));

    [Theory]
    [InlineData("wan", "480p", 5, 0.25)]
    [InlineData("wan", "480p", 10, 0.50)]
    [InlineData("wan", "720p", 10, 1.00)]
    [InlineData("wan", "1080p", 5, 0.75)]
    [InlineData("kling", "1080p", 5, 0.35)]
    [InlineData("kling", "1080p", 10, 0.70)]
    [InlineData("kling-master", "1080p", 5, 1.40)]
    [InlineData("veo31-fast", "720p", 6, 0.60)]
    [InlineData("veo31-fast", "1080p", 4, 0.40)]
    [InlineData("sora-2", "720p", 4, 0.40)]
    [InlineData("sora-2", "720p", 12, 1.20)]
    [InlineData("hailuo-02", "512P", 6, 0.102)]
    public void A_clip_costs_in_proportion_to_its_seconds_at_its_resolution(string model, string resolution, int seconds, decimal expected) =>
        Assert.Equal(expected, PriceOf(new(model, Resolution: resolution, DurationSec: seconds)));

    [Theory]
    [InlineData("veo31-fast", 6, 0.90)]
    [InlineData("kling-2.6-pro", 5, 0.70)]
    public void Sound_costs_its_own_rate(string model, int seconds, decimal expected) =>
        Assert.Equal(expected, PriceOf(new(model, Resolution: "1080p", DurationSec: seconds, Audio: true)));

    [Theory]
    [InlineData("hailuo-2.3", "768p", 6, 0.28)]
    [InlineData("hailuo-2.3", "768p", 10, 0.56)]
    [InlineData("hailuo-2.3-pro", "1080p", 6, 0.49)]
    [InlineData("wan-2.1", "720p", 5, 0.40)]
    [InlineData("wan-2.2-turbo", "580p", 5, 0.075)]
    [InlineData("luma-ray-2", "540p", 5, 0.50)]
    [InlineData("luma-ray-2", "540p", 9, 1.00)]
    [InlineData("luma-ray-2", "1080p", 9, 4.00)]
    public void Tables_and_factors_hold_where_the_price_is_not_linear(string model, string resolution, int seconds, decimal expected) =>
        Assert.Equal(expected, PriceOf(new(model, Resolution: resolution, DurationSec: seconds)));

    [Theory]
    [InlineData("seedance-1-pro", "1080p", 5, false, 0.62)]
    [InlineData("seedance-1-pro", "1080p", 10, false, 1.24)]
    [InlineData("seedance-1-pro", "720p", 5, false, 0.275556)]
    [InlineData("seedance-1-pro-fast", "1080p", 5, false, 0.243)]
    [InlineData("seedance-1.5-pro", "720p", 5, true, 0.26)]
    [InlineData("seedance-1.5-pro", "720p", 5, false, 0.13)]
    public void Where_tokens_are_paid_the_price_follows_their_number_and_rate(string model, string resolution, int seconds, bool audio, decimal expected) =>
        Assert.Equal(expected, PriceOf(new(model, Resolution: resolution, DurationSec: seconds, Audio: audio)));

    [Theory]
    [InlineData(0.0000005, 0.000001)]
    [InlineData(0.0000015, 0.000002)]
    [InlineData(0.0000014, 0.000001)]
    public void A_price_is_rounded_once_an_item_half_away_from_zero_to_six_places(decimal exact, decimal expected) =>
        Assert.Equal(expected, CostFormula.Round(exact));

    [Fact]
    public void A_price_is_rounded_before_it_is_multiplied()
    {
        var third = new ModelPrice { Unit = PriceUnit.Clip, Amount = 1m, BaseDurationSec = 3 };

        var one = CostFormula.PriceOf(third, new("any", DurationSec: 1)).Amount!.Value;

        Assert.Equal(0.333333m, one);
        Assert.Equal(999.999m, CostFormula.Amount(one, 3000));
    }

    public static TheoryData<string, ModelPrice, GenerationParameters> Unpriced => new()
    {
        { "a resolution that is not listed", new() { Unit = PriceUnit.Image, Amount = 1, ByResolution = Table(("1K", 1m)) }, new("m", Resolution: "8K") },
        { "a quality that is not listed", new() { Unit = PriceUnit.Image, Amount = 1, ByQualitySize = Qualities() }, new("m", Quality: "ultra") },
        { "no quality where it decides", new() { Unit = PriceUnit.Image, Amount = 1, ByQualitySize = Qualities() }, new("m") },
        { "a size that is not listed", new() { Unit = PriceUnit.Image, Amount = 1, ByQualitySize = Qualities() }, new("m", Quality: "low", Size: "9x9") },
        { "a price of 0", new() { Unit = PriceUnit.Image, Amount = 0 }, new("m") },
        { "a listed price of 0", new() { Unit = PriceUnit.Image, Amount = 1, ByResolution = Table(("1K", 0m)) }, new("m", Resolution: "1K") },
        { "a negative price", new() { Unit = PriceUnit.Image, Amount = -1 }, new("m") },
        { "a video without a duration", new() { Unit = PriceUnit.Clip, Amount = 1, BaseDurationSec = 5 }, new("m") },
        { "a duration of 0", new() { Unit = PriceUnit.Clip, Amount = 1, BaseDurationSec = 5 }, new("m", DurationSec: 0) },
        { "no base duration", new() { Unit = PriceUnit.Clip, Amount = 1 }, new("m", DurationSec: 5) },
        { "a duration that is not listed", new() { Unit = PriceUnit.Clip, Amount = 1, PerClipByDuration = new Dictionary<int, decimal> { [6] = 1 } }, new("m", DurationSec: 7) },
        { "a duration without a factor", new() { Unit = PriceUnit.Clip, Amount = 1, DurationMultiplier = new Dictionary<int, decimal> { [5] = 1 } }, new("m", DurationSec: 7) },
        { "a resolution without a rate", new() { Unit = PriceUnit.Clip, Amount = 1, PerSecond = new Dictionary<string, SecondRate> { ["720p"] = new(1, 1) } }, new("m", Resolution: "4k", DurationSec: 5) },
        { "a resolution without a factor", new() { Unit = PriceUnit.Clip, Amount = 1, BaseDurationSec = 5, ResolutionMultiplier = Table(("720p", 1m)) }, new("m", Resolution: "4k", DurationSec: 5) },
        { "another resolution than the priced one", new() { Unit = PriceUnit.Clip, Amount = 1, BaseDurationSec = 5, BaseResolution = "720p" }, new("m", Resolution: "4k", DurationSec: 5) },
        { "sound that has no price", new() { Unit = PriceUnit.Clip, Amount = 1, BaseDurationSec = 5, Audio = false }, new("m", DurationSec: 5, Audio: true) },
    };

    [Theory]
    [MemberData(nameof(Unpriced))]
    public void What_has_no_price_is_refused_and_never_costs_0(string what, ModelPrice price, GenerationParameters asked)
    {
        var unit = CostFormula.PriceOf(price, asked);

        Assert.True(unit.Amount is null, what);
        Assert.NotEmpty(unit.Why!);
    }

    private static decimal? PriceOf(GenerationParameters asked)
    {
        var unit = CostFormula.PriceOf(ModelCatalog.Embedded.Find(asked.Model)!.Price, asked);
        Assert.Null(unit.Why);
        return unit.Amount;
    }

    private static Dictionary<string, decimal> Table(params (string Key, decimal Amount)[] rows) => rows.ToDictionary(row => row.Key, row => row.Amount);

    private static Dictionary<string, IReadOnlyDictionary<string, decimal>> Qualities() => new() { ["low"] = Table(("1024x1024", 1m)) };
}
