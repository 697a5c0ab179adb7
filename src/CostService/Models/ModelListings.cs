using Contracts.Generation;
using CostService.Estimates;
using CostService.Prices;
using Microsoft.Extensions.Options;
using Providers;
using Providers.Catalog;
using Providers.Keys;
using Providers.Selection;

namespace CostService.Models;

/// <summary>Words the catalog for clients.</summary>
internal sealed class ModelListings(
    ModelCatalog catalog, ParameterResolver resolver, PriceBook prices, ProviderSelection selection, WorkspaceKeys keys, IOptions<PriceBookOptions> options, TimeProvider time)
{
    /// <param name="kind">Null for all.</param>
    public IReadOnlyList<ModelListing> List(long tenantId, ModelKind? kind)
    {
        var own = keys.Of(tenantId);
        return [.. catalog.All.Where(model => kind is null || KindOf(model) == kind).Select(model => Listing(model, own))];
    }

    private ModelListing Listing(ModelInfo listed, IReadOnlyList<string> own)
    {
        var servedBy = selection.ServedBy(listed.Id, own);
        var model = listed.At(servedBy);
        var can = model.Capabilities;
        var warnings = resolver.Resolve(model.Kind, model.Id, new AskedParameters(), servedBy) switch
        {
            ParameterResolution.Resolved resolved => resolved.Warnings,
            ParameterResolution.Refused refused => [.. refused.Errors.Select(error => error.Message)],
            _ => [],
        };
        return new ModelListing(
            model.Id, model.DisplayName, model.Vendor, KindOf(model), model.Availability.Status, model.Availability.Date, model.Successor,
            servedBy, ProviderNames.IsSimulated(servedBy), catalog.Default(model.Kind).Id == model.Id,
            Price(model, servedBy),
            new CapabilityListing(
                [.. can.AcceptedAspectRatios], can.AspectMap, can.Resolutions, can.Qualities, can.Durations, can.PromptMaxChars, model.TypicalLatencySec, can.Seed, can.NegativePrompt,
                can.Audio),
            new DefaultListing(can.DefaultAspectRatio, can.DefaultResolution, can.DefaultDurationSec, can.DefaultQuality),
            PriceAge.Sentence(prices.Origin(model, servedBy).AsOf, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), options.Value.GoodFor) is { } old ? [.. warnings, old] : warnings);
    }

    private PriceListing Price(ModelInfo model, string servedBy)
    {
        var price = prices.PriceOf(model, servedBy);
        var (asOf, source, note) = prices.Origin(model, servedBy);
        return new PriceListing(
            price.Unit, price.Amount, price.BaseDurationSec, Display(model, price), asOf, source, note,
            price.ByResolution, price.ByQualitySize, price.PerSecond, price.PerClip, price.PerClipByDuration, price.ResolutionMultiplier, price.DurationMultiplier);
    }

    /// <summary>The range over what can be chosen at one duration, from the formula that charges it.</summary>
    private static string Display(ModelInfo model, ModelPrice price)
    {
        var amounts = Choices(model, price).Select(choice => CostFormula.PriceOf(price, choice).Amount).OfType<decimal>().ToList();
        if (amounts.Count == 0)
        {
            return "no price";
        }

        var (low, high) = (amounts.Min(), amounts.Max());
        var range = low == high ? Money.DisplayListed(low) : $"{Money.DisplayListed(low)}–{Money.DisplayListed(high)}";
        return model.Kind == GenerationKind.Image ? $"{range} per image" : $"{range} per {model.Capabilities.DefaultDurationSec} s";
    }

    private static IEnumerable<GenerationParameters> Choices(ModelInfo model, ModelPrice price)
    {
        var can = model.Capabilities;
        var sizes = price.ByQualitySize?.Values.SelectMany(bySize => bySize.Keys).Distinct() ?? [];
        return from resolution in OrNone(can.Resolutions)
               from quality in OrNone(can.Qualities)
               from size in OrNone([.. sizes])
               from audio in can.Audio ? [false, true] : new[] { false }
               select new GenerationParameters(model.Id, Size: size, Resolution: resolution, Quality: quality, DurationSec: can.DefaultDurationSec, Audio: audio);
    }

    private static IEnumerable<string?> OrNone(IReadOnlyList<string> values) => values.DefaultIfEmpty();

    private static ModelKind KindOf(ModelInfo model) => model.Kind == GenerationKind.Video ? ModelKind.Video : ModelKind.Image;
}
