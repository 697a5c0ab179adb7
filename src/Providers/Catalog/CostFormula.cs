using System.Globalization;
using Contracts.Generation;

namespace Providers.Catalog;

/// <summary>
/// The only place where money is computed: the price of one output from a model's list price and the parameters it is made with. Exact
/// decimals of US dollars, rounded once an item, half away from zero, to six places, and then multiplied. What has no price is refused, never 0.
/// </summary>
public static class CostFormula
{
    public const int Places = 6;

    public static UnitPrice PriceOf(ModelPrice price, GenerationParameters asked)
    {
        ArgumentNullException.ThrowIfNull(price);
        ArgumentNullException.ThrowIfNull(asked);
        var exact = price.Unit == PriceUnit.Image ? Image(price, asked) : Clip(price, asked);
        return exact.Amount is { } amount ? UnitPrice.Of(Round(amount)) : exact;
    }

    /// <summary>What <paramref name="count"/> outputs of one price cost.</summary>
    public static decimal Amount(decimal unitPrice, long count) => unitPrice * count;

    public static decimal Round(decimal dollars) => Math.Round(dollars, Places, MidpointRounding.AwayFromZero);

    private static UnitPrice Image(ModelPrice price, GenerationParameters asked)
    {
        if (price.ByQualitySize is { } byQuality)
        {
            return Find(byQuality, asked.Quality) is not { } bySize ? NotPriced("quality", asked.Quality, byQuality.Keys)
                // "auto" leaves the size to the model, and an estimate is the maximum.
                : asked.Size is null ? UnitPrice.Of(bySize.Values.DefaultIfEmpty().Max())
                : Listed("size", asked.Size, bySize);
        }

        return price.ByResolution is { } byResolution && (asked.Resolution ?? price.BaseResolution) is { } resolution
            ? Listed("resolution", resolution, byResolution)
            : UnitPrice.Of(price.Amount);
    }

    private static UnitPrice Clip(ModelPrice price, GenerationParameters asked)
    {
        var resolution = asked.Resolution ?? price.BaseResolution;
        if (price.PerClip is { } perClip)
        {
            return Listed("resolution", resolution, perClip);
        }

        if (price.PerClipByDuration is { } byDuration)
        {
            return asked.DurationSec is { } length && byDuration.TryGetValue(length, out var clip)
                ? UnitPrice.Of(clip)
                : NotPriced("duration", Seconds(asked.DurationSec), byDuration.Keys.Select(key => Seconds(key)!));
        }

        if (price.Flat)
        {
            return UnitPrice.Of(price.Amount);
        }

        if (asked.DurationSec is not > 0)
        {
            return UnitPrice.Unknown("A video has no price without its duration.");
        }

        if (price.PerSecond is { } perSecond)
        {
            return (Find(perSecond, resolution) ?? Find(perSecond, ModelPrice.Any)) is { } rate
                ? UnitPrice.Of(rate.For(asked.Audio) * asked.DurationSec.Value)
                : NotPriced("resolution", resolution, perSecond.Keys);
        }

        return Scaled(price, asked.DurationSec.Value, resolution, asked.Audio);
    }

    /// <summary>model_price × duration / base_duration, then the resolution's factor, then the sound's.</summary>
    private static UnitPrice Scaled(ModelPrice price, int seconds, string? resolution, bool audio)
    {
        decimal amount;
        if (price.DurationMultiplier is { } byDuration)
        {
            if (!byDuration.TryGetValue(seconds, out var factor))
            {
                return NotPriced("duration", Seconds(seconds), byDuration.Keys.Select(key => Seconds(key)!));
            }

            amount = price.Amount * factor;
        }
        else if (price.BaseDurationSec is { } baseSeconds and > 0)
        {
            amount = price.Amount * seconds / baseSeconds;
        }
        else
        {
            return UnitPrice.Unknown("The price book does not say for how many seconds its price is.");
        }

        return ResolutionFactor(price, resolution) is not { } pixels ? NotPriced("resolution", resolution, price.ResolutionMultiplier?.Keys ?? [price.BaseResolution!])
            : AudioFactor(price, audio) is not { } sound ? UnitPrice.Unknown("The price book has no price with sound for it.")
            : UnitPrice.Of(amount * pixels * sound);
    }

    private static decimal? ResolutionFactor(ModelPrice price, string? resolution)
    {
        if (price.ResolutionMultiplier is { } byResolution)
        {
            return resolution is null ? null : Find(byResolution, resolution);
        }

        if (price.BaseResolution is not { } known || string.Equals(known, resolution, StringComparison.OrdinalIgnoreCase))
        {
            return 1;
        }

        // Tokens of video grow with the pixels of a frame: height × width × frames / 1024, at one shape of picture.
        return price.PerMillionTokens is not null && Lines(resolution) is { } asked && Lines(known) is { } based ? asked * asked / (based * based) : null;
    }

    private static decimal? AudioFactor(ModelPrice price, bool audio)
    {
        if (price.Audio is not { } included || included == audio)
        {
            return 1;
        }

        return price.PerMillionTokens is { } rates && Find(rates, AudioKey(audio)) is { } asked && Find(rates, AudioKey(included)) is { } based and > 0 ? asked / based
            // Sound that the price includes is paid for even when it is switched off.
            : included ? 1
            : null;
    }

    private static string AudioKey(bool audio) => audio ? "audio_on" : "audio_off";

    private static decimal? Lines(string? resolution) =>
        decimal.TryParse(resolution?.TrimEnd('p', 'P'), NumberStyles.None, CultureInfo.InvariantCulture, out var lines) && lines > 0 ? lines : null;

    private static string? Seconds(int? seconds) => seconds is { } length ? $"{length} s" : null;

    private static UnitPrice Listed(string noun, string? key, IReadOnlyDictionary<string, decimal> prices) =>
        Find(prices, key) is { } amount ? UnitPrice.Of(amount) : NotPriced(noun, key, prices.Keys);

    private static UnitPrice NotPriced(string noun, string? value, IEnumerable<string> priced) => UnitPrice.Unknown(value is null
        ? $"It has no price without a {noun}. Priced are: {string.Join(", ", priced)}."
        : $"It has no price for the {noun} {value}. Priced are: {string.Join(", ", priced)}.");

    private static T? Find<T>(IReadOnlyDictionary<string, T> values, string? key)
        where T : struct
    {
        foreach (var (name, value) in values)
        {
            if (string.Equals(name, key, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return null;
    }

    private static IReadOnlyDictionary<string, decimal>? Find(IReadOnlyDictionary<string, IReadOnlyDictionary<string, decimal>> values, string? key) =>
        values.FirstOrDefault(pair => string.Equals(pair.Key, key, StringComparison.OrdinalIgnoreCase)).Value;
}
