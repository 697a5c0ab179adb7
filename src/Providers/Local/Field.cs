namespace Providers.Local;

/// <summary>
/// A soft shape over the frame as a formula of X and Y (pixels of <see cref="Grid"/>) with values from 0 to 1. It is painted small and enlarged: a
/// formula a pixel of the whole picture would cost more than all the rest.
/// </summary>
internal readonly record struct Field(string Formula)
{
    public const int Grid = 96;

    /// <summary>1 in the middle of an ellipse, 0 outside.</summary>
    /// <param name="hard">0: falls off from the middle on; towards 1: a plateau with a narrow edge.</param>
    public static Field Spot(double x, double y, double radiusX, double radiusY, double hard = 0)
    {
        var distance = $"hypot((X/{Grid - 1}-{N(x)})/{N(radiusX)},(Y/{Grid - 1}-{N(y)})/{N(radiusY)})";
        return new Field(Smooth($"clip((1-{distance})/{N(1 - Math.Min(hard, 0.95))},0,1)"));
    }

    /// <summary>0 on one side of the frame, 1 on the other.</summary>
    /// <param name="degrees">Where it grows to: 0 right, 90 down, 180 left, 270 up.</param>
    public static Field Sweep(double degrees, double from = 0, double to = 1)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        var along = $"(0.5+({N(cos)}*(X/{Grid - 1}-0.5)+{N(sin)}*(Y/{Grid - 1}-0.5)))";
        return new Field(Smooth($"clip(({along}-{N(from)})/{N(to - from)},0,1)"));
    }

    public Field Inverse => new($"(1-{Formula})");

    private static string Smooth(string t) => $"pow({t},2)*(3-2*{t})";

    private static string N(double value) => FormattableString.Invariant($"({value:0.####})");
}
