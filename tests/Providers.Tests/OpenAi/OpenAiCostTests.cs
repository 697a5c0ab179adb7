using System.Text.Json;
using Providers.Catalog;
using Providers.OpenAi;

namespace Providers.Tests.OpenAi;

public sealed class OpenAiCostTests
{
    private static readonly OpenAiTokenPrices Prices = new(TextInput: 5m, ImageInput: 8m, ImageOutput: 32m, TextOutput: 10m);

    [Theory]
    [InlineData(10, 3050, 4160, "", 0.157570)]
    [InlineData(0, 0, 1, "", 0.000032)]
    [InlineData(1, 0, 272, "", 0.008709)]
    [InlineData(10, 30, 60, ",\"output_tokens_details\":{\"image_tokens\":50,\"text_tokens\":10}", 0.001990)]
    [InlineData(10, 30, 60, ",\"output_tokens_details\":{\"image_tokens\":60}", 0.002210)]
    public void Tokens_times_prices_is_what_it_cost(long words, long pixels, long made, string more, decimal dollars) => Assert.Equal(dollars, Cost(Usage(words, pixels, made, more)));

    [Theory]
    [InlineData(0.5, 0.000001)]
    [InlineData(0.49, 0)]
    [InlineData(1.5, 0.000002)]
    [InlineData(2.5, 0.000003)]
    public void It_is_rounded_once_half_away_from_zero(decimal perMillion, decimal dollars)
    {
        // One token of output at a price that leaves half a millionth over.
        var cost = OpenAiCost.Of(JsonDocument.Parse(Usage(0, 0, 1, "")).RootElement, new OpenAiTokenPrices(0, 0, perMillion));

        Assert.Equal(dollars, cost);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"usage":null}""")]
    [InlineData("""{"usage":{"input_tokens":40,"output_tokens":60,"total_tokens":100}}""")]
    [InlineData("""{"usage":{"output_tokens":60,"input_tokens_details":{"text_tokens":10}}}""")]
    [InlineData("""{"usage":{"input_tokens_details":{"text_tokens":10,"image_tokens":30}}}""")]
    [InlineData("""{"usage":{"output_tokens":0,"input_tokens_details":{"text_tokens":10,"image_tokens":30}}}""")]
    [InlineData("""{"usage":{"output_tokens":-60,"input_tokens_details":{"text_tokens":10,"image_tokens":30}}}""")]
    [InlineData("""{"usage":{"output_tokens":1e30,"input_tokens_details":{"text_tokens":10,"image_tokens":30}}}""")]
    [InlineData("""{"usage":{"output_tokens":"60","input_tokens_details":{"text_tokens":10,"image_tokens":30}}}""")]
    [InlineData("""{"usage":{"output_tokens":60.5,"input_tokens_details":{"text_tokens":10,"image_tokens":30}}}""")]
    [InlineData("""{"usage":{"output_tokens":60,"output_tokens_details":{"text_tokens":10},"input_tokens_details":{"text_tokens":10,"image_tokens":30}}}""")]
    public void What_is_not_counted_is_not_known_and_never_nothing(string answer) => Assert.Null(Cost(answer));

    [Fact]
    public void Without_a_price_that_is_needed_nothing_is_known()
    {
        var answer = JsonDocument.Parse(Usage(10, 30, 60, ",\"output_tokens_details\":{\"image_tokens\":50,\"text_tokens\":10}")).RootElement;

        Assert.Null(OpenAiCost.Of(answer, null));
        Assert.Null(OpenAiCost.Of(answer, Prices with { TextOutput = null }));
        Assert.Null(OpenAiCost.Of(null, Prices));
    }

    [Theory]
    [InlineData("gpt-image-1.5", 4160, 0.133)]
    [InlineData("gpt-image-1.5", 272, 0.009)]
    [InlineData("gpt-image-2", 7024, 0.211)]
    public void The_catalogs_prices_of_tokens_agree_with_published_prices_of_pictures(string id, long made, decimal dollars) =>
        Assert.Equal(dollars, Math.Round(OpenAiCost.Of(JsonDocument.Parse(Usage(0, 0, made, "")).RootElement, ModelCatalog.Embedded.Find(id)!.OpenAi!.Prices)!.Value, 3));

    private static decimal? Cost(string answer) => OpenAiCost.Of(JsonDocument.Parse(answer).RootElement, Prices);

    private static string Usage(long words, long pixels, long made, string more) =>
        $$$"""{"usage":{"output_tokens":{{{made}}},"input_tokens_details":{"text_tokens":{{{words}}},"image_tokens":{{{pixels}}} }{{{more}}} }}""";
}
