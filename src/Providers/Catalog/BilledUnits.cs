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

        var whole = price.Unit == PriceUnit.Image || price.Flat || price.PerClip is not null || price.PerClipByDuration is not null;
        return whole ? 1 : Math.Max(1, asked.DurationSec ?? 1);
    }
}
