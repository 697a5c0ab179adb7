using Contracts.Generation;
using CostService.Prices;
using FsCheck;
using FsCheck.Fluent;
using Providers;
using Providers.Catalog;
using Xunit;

namespace CostService.Tests.Prices;

public sealed class CostFormulaProperties
{
    private static readonly ModelInfo[] Videos = [.. ModelCatalog.Embedded.OfKind(GenerationKind.Video)];

    [Fact]
    public void Twice_the_count_costs_twice_as_much() => Check(
        from asked in Asked()
        from count in Gen.Choose(0, 100_000)
        select (asked, count),
        sample =>
        {
            var price = PriceOf(sample.asked);
            return CostFormula.Amount(price, 2 * sample.count) == 2 * CostFormula.Amount(price, sample.count);
        });

    [Fact]
    public void A_price_is_above_0_and_has_six_places_at_most() => Check(Asked(), asked =>
    {
        var price = PriceOf(asked);
        return price > 0 && decimal.Round(price, CostFormula.Places) == price;
    });

    [Fact]
    public void A_longer_clip_never_costs_less() => Check(
        from asked in Asked()
        from longer in Gen.Elements(Videos.Single(model => model.Id == asked.Model).Capabilities.Durations.ToArray())
        select (asked, longer: asked with { DurationSec = Math.Max(longer, asked.DurationSec!.Value) }),
        pair => PriceOf(pair.longer) >= PriceOf(pair.asked));

    [Fact]
    public void Sound_never_makes_it_cheaper() => Check(
        Asked().Where(asked => Videos.Single(model => model.Id == asked.Model).Capabilities.Audio),
        asked => PriceOf(asked with { Audio = true }) >= PriceOf(asked with { Audio = false }));

    private static decimal PriceOf(GenerationParameters asked) => CostFormula.PriceOf(ModelCatalog.Embedded.Find(asked.Model)!.Price, asked).Amount!.Value;

    private static Gen<GenerationParameters> Asked() =>
        from model in Gen.Elements(Videos)
        from resolution in Gen.Elements(model.Capabilities.Resolutions.ToArray())
        from seconds in Gen.Elements(model.Capabilities.Durations.ToArray())
        from audio in model.Capabilities.Audio ? Gen.Elements(false, true) : Gen.Constant(false)
        select new GenerationParameters(model.Id, Resolution: resolution, DurationSec: seconds, Audio: audio);

    private static void Check<T>(Gen<T> samples, Func<T, bool> holds) => Prop.ForAll(samples.ToArbitrary(), holds).QuickCheckThrowOnFailure();
}
