using Contracts.Generation;

namespace Providers.Catalog;

/// <summary>What a vendor counts, in the unit that a model is priced by.</summary>
public static class BilledUnits
{
    /// <summary>
    /// How many units one output is: seconds where a clip is priced by its length, else 1. Null where the vendor counts tokens, which no price here is quoted in.
    /// </summary>
    public static decimal? Of(ModelPrice price, GenerationParameters asked)
    {
        ArgumentNullException.ThrowIfNull(price);
        ArgumentNullException.ThrowIfNull(asked);
        if (price.PerMillionTokens is not null)
        {
            return null;
        }

        return IsWhole(price) ? 1 : Math.Max(1, asked.DurationSec ?? 1);
    }

    /// <summary>Whether the unit is a picture or a whole clip; seconds otherwise. Not for prices by tokens.</summary>
    internal static bool IsWhole(ModelPrice price) => price.Unit == PriceUnit.Image || price.Flat || price.PerClip is not null || price.PerClipByDuration is not null;
}
