using Contracts.Costs.Grpc;
using CostService.Estimates;
using CostService.Prices;
using CostService.Rpc;
using Microsoft.Extensions.Options;
using Providers.Catalog;
using Providers.Selection;
using Xunit;

namespace CostService.Tests.Estimates;

/// <summary>The product's own examples, to the character.</summary>
public sealed class WorkedExamplesTests
{
    private static readonly ModelParameters KlingImage = new() { Model = "kling-image", AspectRatio = "9:16", Resolution = "1K" };
    private static readonly ModelParameters Kling = new() { Model = "kling", Resolution = "1080p", DurationSec = 5 };

    [Fact]
    public void Three_images_through_the_whole_pipeline()
    {
        var reply = Estimate(Line("prompt_enhance", null, 15), Line("i2i", KlingImage, 30), Line("i2v", Kling, 30));

        Assert.Equal(
            """
            Pipeline Cost Estimate:
              ├─ Prompt Enhancement: 15 prompts × $0.001 = $0.02
              ├─ I2I Generation: 30 images × $0.028 = $0.84
              └─ I2V Generation: 30 videos × $0.35 = $10.50
              ─────────────────────────────────────────────
              Total: $11.36
            """.ReplaceLineEndings("\n"),
            reply.Display);
        Assert.Equal(("11.355", "$11.36", "USD"), (reply.Total, reply.TotalDisplay, reply.Currency));
        Assert.Equal(("prompt", "0.001", "0.015", "$0.02"), Of(reply.Lines[0]));
        Assert.Equal(("image", "0.028", "0.84", "$0.84"), Of(reply.Lines[1]));
        Assert.Equal(("video", "0.35", "10.5", "$10.50"), Of(reply.Lines[2]));
        Assert.Equal(["", "kling-image", "kling"], reply.Lines.Select(line => line.Model));
    }

    [Fact]
    public void One_image_with_five_prompts_and_two_pictures_each()
    {
        var reply = Estimate(Line("prompt_enhance", null, 5), Line("i2i", KlingImage, 10), Line("i2v", Kling, 10));

        Assert.Equal(("3.785", "$3.79"), (reply.Total, reply.TotalDisplay));
    }

    [Fact]
    public void A_hundred_and_twenty_five_videos_of_wan_at_ten_seconds()
    {
        var reply = Estimate(Line("i2v", new() { Model = "wan", Resolution = "480p", DurationSec = 10 }, 125));

        Assert.Equal(("video", "0.5", "62.5", "$62.50"), Of(reply.Lines[0]));
        Assert.Contains("\n  └─ I2V Generation: 125 videos × $0.50 = $62.50\n", reply.Display, StringComparison.Ordinal);
    }

    [Fact]
    public void One_is_written_without_an_s()
    {
        var reply = Estimate(Line("prompt_enhance", null, 1), Line("prompt_enhance", null, 2), Line("i2i", KlingImage, 1), Line("i2v", Kling, 0));

        Assert.Contains("Prompt Enhancement: 1 prompt × $0.001 = $0.00\n", reply.Display, StringComparison.Ordinal);
        Assert.Contains("Prompt Enhancement: 2 prompts × $0.001 = $0.00\n", reply.Display, StringComparison.Ordinal);
        Assert.Contains("I2I Generation: 1 image × $0.028 = $0.03\n", reply.Display, StringComparison.Ordinal);
        Assert.Contains("I2V Generation: 0 videos × $0.35 = $0.00\n", reply.Display, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_without_a_price_says_why_and_leaves_no_total()
    {
        var reply = Estimate(Line("i2i", KlingImage, 2), Line("i2v", new() { Model = "kling-9", DurationSec = 5 }, 2));

        Assert.Equal(("", ""), (reply.Total, reply.TotalDisplay));
        Assert.Equal(("", ""), (reply.Lines[1].UnitPrice, reply.Lines[1].Amount));
        Assert.Contains("'kling-9'", reply.Lines[1].Error, StringComparison.Ordinal);
        Assert.EndsWith("Total: unknown", reply.Display, StringComparison.Ordinal);
        Assert.Empty(reply.Lines[0].Error);
    }

    [Fact]
    public void A_negative_count_has_no_price() => Assert.NotEmpty(Estimate(Line("i2i", KlingImage, -1)).Lines[0].Error);

    [Fact]
    public void Nothing_costs_nothing() => Assert.Equal(("0", "$0.00"), (Estimate().Total, Estimate().TotalDisplay));

    [Theory]
    [InlineData(0.005, "$0.01")]
    [InlineData(3.785, "$3.79")]
    [InlineData(0.0149999, "$0.01")]
    [InlineData(1234.5, "$1234.50")]
    public void Only_what_is_shown_is_rounded_to_cents_half_away_from_zero(decimal dollars, string shown) => Assert.Equal(shown, Money.Display(dollars));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("0.000001", 0.000001)]
    [InlineData("11.355", 11.355)]
    public void An_amount_is_read_from_the_wire(string text, decimal expected) => Assert.Equal(expected, Money.FromWire(text));

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("0.0000001")]
    [InlineData("1e3")]
    [InlineData("1,000")]
    [InlineData(" 1")]
    [InlineData("NaN")]
    [InlineData("1000000000000")]
    public void What_is_no_amount_is_not_read(string text) => Assert.Null(Money.FromWire(text));

    private static (string Unit, string UnitPrice, string Amount, string Display) Of(PricedLine line) => (line.Unit, line.UnitPrice, line.Amount, line.AmountDisplay);

    private static EstimateLine Line(string stepType, ModelParameters? parameters, long count) => new() { StepType = stepType, Parameters = parameters, Count = count };

    private static EstimateReply Estimate(params EstimateLine[] lines)
    {
        var book = new PriceBook(ModelCatalog.Embedded, Options.Create(new PriceBookOptions()), new ProviderSelection(Options.Create(new ProvidersOptions()), ModelCatalog.Embedded));
        return new CostRpc(new Estimator(book), null!, null!).Estimate(new EstimateRequest { Lines = { lines } });
    }
}
