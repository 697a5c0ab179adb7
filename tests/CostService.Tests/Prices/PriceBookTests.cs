using Contracts.Generation;
using CostService.Prices;
using Microsoft.Extensions.Options;
using Providers.Catalog;
using Providers.Selection;
using Xunit;

namespace CostService.Tests.Prices;

public sealed class PriceBookTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"prices-{Guid.NewGuid():N}.json");

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Without_a_file_the_catalog_holds()
    {
        Assert.Equal(0.028m, Book().PriceOf("i2i", new("kling-image", Resolution: "1K")).Amount);
        Assert.Equal(0.001m, Book().PriceOf("prompt_enhance", null).Amount);
    }

    [Fact]
    public void A_file_replaces_the_prices_it_names_and_no_others()
    {
        var book = Book("""
            { "as_of": "2026-12-01", "source": "our contract", "per_prompt": 0.002,
              "models": { "kling": { "unit": "clip", "amount": 0.3, "base_duration_sec": 5 } } }
            """);

        Assert.Equal(0.6m, book.PriceOf("i2v", new("kling", Resolution: "1080p", DurationSec: 10)).Amount);
        Assert.Equal(0.25m, book.PriceOf("i2v", new("wan", Resolution: "480p", DurationSec: 5)).Amount);
        Assert.Equal(0.002m, book.PriceOf("prompt_enhance", null).Amount);
        Assert.Equal((new DateOnly(2026, 12, 1), "our contract", (string?)null), book.Origin(ModelCatalog.Embedded.Find("kling")!));
    }

    [Theory]
    [InlineData("{", "price file")]
    [InlineData("""{ "models": { "kling-9": { "unit": "clip", "amount": 1 } } }""", "'kling-9'")]
    [InlineData("""{ "models": { "kling": { "unit": "image", "amount": 1 } } }""", "models.kling")]
    [InlineData("""{ "models": { "kling": { "unit": "clip", "amount": 0, "base_duration_sec": 5 } } }""", "models.kling")]
    [InlineData("""{ "per_prompt": 0 }""", "per_prompt")]
    [InlineData("""{ "per_promt": 1 }""", "per_promt")]
    public void A_file_that_cannot_be_used_stops_the_start_and_says_why(string json, string named)
    {
        var exception = Assert.Throws<InvalidOperationException>(() => Book(json));

        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_stops_the_start() =>
        Assert.Throws<InvalidOperationException>(() => new PriceBook(ModelCatalog.Embedded, Options.Create(new PriceBookOptions { OverrideFile = _file }), ServedBy()));

    [Theory]
    [InlineData("i2i", "kling")]
    [InlineData("i2v", "kling-image")]
    [InlineData("i2v", "no-such-model")]
    [InlineData("upscale", "kling")]
    public void An_unknown_model_or_step_has_no_price_and_names_what_has(string stepType, string model)
    {
        var unit = Book().PriceOf(stepType, new GenerationParameters(model, DurationSec: 5));

        Assert.Null(unit.Amount);
        Assert.Contains("Use one of: ", unit.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_provider_with_a_price_of_its_own_is_priced_by_it_and_a_file_goes_before_it()
    {
        var asked = new GenerationParameters("seedance-1-pro", Resolution: "480p", DurationSec: 5);

        Assert.Equal(0.15m, Book(null, ("seedance-1-pro", "replicate")).PriceOf("i2v", asked).Amount);
        Assert.NotEqual(0.15m, Book().PriceOf("i2v", asked).Amount);
        var file = """{ "models": { "seedance-1-pro": { "unit": "clip", "amount": 0.2, "base_duration_sec": 5 } } }""";
        Assert.Equal(0.2m, Book(file, ("seedance-1-pro", "replicate")).PriceOf("i2v", asked).Amount);
    }

    [Fact]
    public void A_step_without_parameters_has_no_price() => Assert.Null(Book().PriceOf("i2i", null).Amount);

    private PriceBook Book(string? json = null, params (string Model, string Provider)[] models)
    {
        if (json is not null)
        {
            File.WriteAllText(_file, json);
        }

        return new PriceBook(ModelCatalog.Embedded, Options.Create(new PriceBookOptions { OverrideFile = json is null ? null : _file }), ServedBy(models));
    }

    private static ProviderSelection ServedBy(params (string Model, string Provider)[] models) =>
        new(Options.Create(new ProvidersOptions { Models = models.ToDictionary(pair => pair.Model, pair => pair.Provider) }), ModelCatalog.Embedded);
}
