using System.Globalization;
using Contracts.Generation;

namespace Providers.Local.Images;

/// <summary>How large a picture becomes.</summary>
/// <param name="Width">Pixels, even.</param>
/// <param name="Height">Pixels, even.</param>
internal readonly record struct ImageSize(int Width, int Height)
{
    /// <summary>The size asked for: exact where the model maps ratios to sizes, else the ratio at the resolution's area (1K, the default: a megapixel).</summary>
    /// <param name="sourceAspect">Width ÷ height of the source; for <c>source</c>, <c>auto</c> and models without ratios.</param>
    public static ImageSize For(GenerationParameters parameters, double sourceAspect)
    {
        if (Pair(parameters.Size, 'x') is { } exact)
        {
            return new ImageSize(Even(exact.First), Even(exact.Second));
        }

        var side = Side(parameters.Resolution);
        return Of(Aspect(parameters.AspectRatio) ?? sourceAspect, side * side);
    }

    /// <summary>The same ratio, with no side longer than so many pixels; 0 leaves it as it is.</summary>
    public ImageSize Within(int longest)
    {
        var scale = longest > 0 ? (double)longest / Math.Max(Width, Height) : 1;
        return scale >= 1 ? this : new ImageSize(Even(Width * scale), Even(Height * scale));
    }

    /// <summary>The same ratio at an area that is cheap to work on; what is asked beyond it is enlarged at the end.</summary>
    public ImageSize Working() => (double)Width * Height <= 1_100_000 ? this : Of((double)Width / Height, 1024 * 1024);

    /// <summary>Width ÷ height of <c>16:9</c> and of names such as <c>portrait_4_3</c>; null when the source decides.</summary>
    public static double? Aspect(string? ratio)
    {
        if (ratio is null)
        {
            return null;
        }

        if (ratio.StartsWith("square", StringComparison.OrdinalIgnoreCase))
        {
            return 1;
        }

        if (Pair(ratio, ':') is { } sides)
        {
            return sides.First / sides.Second;
        }

        var parts = ratio.Split('_', 2);
        if (parts.Length < 2 || Pair(parts[1], '_') is not { } named)
        {
            return null;
        }

        return parts[0] == "portrait" ? named.Second / named.First : named.First / named.Second;
    }

    private static ImageSize Of(double aspect, double area) => new(Even(Math.Sqrt(area * aspect)), Even(Math.Sqrt(area / aspect)));

    private static double Side(string? resolution)
    {
        var digits = resolution?.Split('_')[^1].TrimEnd('K', 'k');
        return double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var kilo) && kilo is > 0 and <= 4
            ? kilo * 1024
            : 1024;
    }

    private static (double First, double Second)? Pair(string? text, char between)
    {
        var parts = text?.Split(between);
        return parts is [var first, var second]
            && double.TryParse(first, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var a) && a > 0
            && double.TryParse(second, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var b) && b > 0
                ? (a, b)
                : null;
    }

    private static int Even(double pixels) => Math.Max(16, (int)Math.Round(pixels / 2) * 2);
}
