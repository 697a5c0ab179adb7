using Contracts.Generation;
using CostService.Prices;
using Providers;
using Providers.Catalog;
using Xunit;

namespace CostService.Tests.Prices;

/// <summary>The whole catalog held to the formula.</summary>
public sealed class CatalogPricesTests
{
    public static TheoryData<string> Models => [.. ModelCatalog.Embedded.All.Select(model => model.Id)];

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_choice_a_model_offers_has_a_price(string id)
    {
        var model = ModelCatalog.Embedded.Find(id)!;
        var resolver = new ParameterResolver(ModelCatalog.Embedded);
        var can = model.Capabilities;
        foreach (var ratio in OrNone(can.AcceptedAspectRatios))
        {
            foreach (var resolution in OrNone(can.Resolutions))
            {
                foreach (var quality in OrNone(can.Qualities))
                {
                    foreach (var seconds in can.Durations.Select(length => (int?)length).DefaultIfEmpty())
                    {
                        foreach (var audio in can.Audio ? new[] { false, true } : [false])
                        {
                            var asked = new AskedParameters(ratio, resolution, quality, seconds, audio);
                            var resolved = Assert.IsType<ParameterResolution.Resolved>(resolver.Resolve(model.Kind, id, asked, ProviderNames.Local));
                            Assert.True(CostFormula.PriceOf(model.Price, resolved.Parameters).Amount > 0, $"{resolved.Parameters}");
                        }
                    }
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void At_what_its_list_price_is_for_a_video_costs_its_list_price(string id)
    {
        var model = ModelCatalog.Embedded.Find(id)!;
        var price = model.Price;
        if (model.Kind != GenerationKind.Video)
        {
            return;
        }

        var resolution = price.BaseResolution ?? model.Capabilities.DefaultResolution;
        var seconds = price.BaseDurationSec ?? model.Capabilities.DefaultDurationSec;
        var asked = new GenerationParameters(id, Resolution: resolution, DurationSec: seconds, Audio: price.Audio ?? false);

        Assert.Equal(price.Amount, CostFormula.PriceOf(price, asked).Amount);
    }

    private static IEnumerable<string?> OrNone(IEnumerable<string> values) => values.DefaultIfEmpty();
}
