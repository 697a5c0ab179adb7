using System.Globalization;

namespace Providers.Local;

/// <summary>A point of a picture in units of its sides: (0, 0) is the top left corner, (1, 1) the bottom right one.</summary>
internal readonly record struct Point(double X, double Y)
{
    public static Point operator +(Point a, Point b) => new(a.X + b.X, a.Y + b.Y);

    public static Point operator -(Point a, Point b) => new(a.X - b.X, a.Y - b.Y);

    public static Point operator *(Point a, double factor) => new(a.X * factor, a.Y * factor);
}

/// <summary>
/// The part of a picture that a camera sees: four points that become the corners of the frame. Zoom, shift, roll, turn and mirror are all this one
/// thing, so they add up and need one resampling.
/// </summary>
internal readonly record struct Quad(Point TopLeft, Point TopRight, Point BottomLeft, Point BottomRight)
{
    public static Quad Full { get; } = new(new(0, 0), new(1, 0), new(0, 1), new(1, 1));

    private Point Centre => (TopLeft + TopRight + BottomLeft + BottomRight) * 0.25;

    /// <summary>Comes closer by the factor (above 1) to a place of the present frame.</summary>
    public Quad Zoom(double factor, double towardX = 0.5, double towardY = 0.5)
    {
        var still = At(towardX, towardY);
        return Each(point => still + ((point - still) * (1 / factor)));
    }

    /// <summary>Moves the frame over the picture by shares of its sides.</summary>
    public Quad Shift(double x, double y) => Each(point => point + new Point(x, y));

    /// <param name="degrees">The camera rolls clockwise.</param>
    /// <param name="aspect">Width ÷ height of the picture; without it the roll would shear.</param>
    public Quad Roll(double degrees, double aspect)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        var centre = Centre;
        return Each(point =>
        {
            var (x, y) = ((point.X - centre.X) * aspect, point.Y - centre.Y);
            return centre + new Point(((x * cos) - (y * sin)) / aspect, (x * sin) + (y * cos));
        });
    }

    /// <summary>Turns sideways: above 0 the left edge comes nearer, below 0 the right one; it sees that share less of the height twice.</summary>
    public Quad Turn(double amount)
    {
        // more is lost below than above, where faces are
        const double Above = 0.5;
        var (left, right) = (Math.Max(amount, 0), Math.Max(-amount, 0));
        return new(
            At(0, left * Above), At(1, right * Above),
            At(0, 1 - (left * (2 - Above))), At(1, 1 - (right * (2 - Above))));
    }

    /// <summary>Looks up or down: above 0 the upper edge comes nearer (seen from above), below 0 the lower one (seen from below).</summary>
    public Quad Pitch(double amount)
    {
        var (top, bottom) = (Math.Max(amount, 0), Math.Max(-amount, 0));
        return new(
            At(top, 0), At(1 - top, 0),
            At(bottom, 1), At(1 - bottom, 1));
    }

    /// <summary>Below 1 makes things narrower, above 1 wider, by seeing less of the other direction.</summary>
    public Quad Stretch(double factor)
    {
        var (x, y) = factor < 1 ? (0.0, (1 - factor) / 2) : ((1 - (1 / factor)) / 2, 0.0);
        return new(At(x, y), At(1 - x, y), At(x, 1 - y), At(1 - x, 1 - y));
    }

    public Quad Mirror() => new(TopRight, TopLeft, BottomRight, BottomLeft);

    /// <summary>The same view brought within the picture: moved first, made smaller where that does not suffice.</summary>
    public Quad Inside()
    {
        var (minX, maxX, minY, maxY) = Bounds();
        var tooBig = Math.Max(maxX - minX, maxY - minY);
        var fitted = tooBig > 1 ? Zoom(tooBig * 1.0001) : this;
        (minX, maxX, minY, maxY) = fitted.Bounds();
        return fitted.Shift(
            Math.Max(0, -minX) - Math.Max(0, maxX - 1),
            Math.Max(0, -minY) - Math.Max(0, maxY - 1));
    }

    /// <summary>Arguments of ffmpeg's perspective filter.</summary>
    public string ToFilter() =>
        $"perspective=sense=source:interpolation=cubic:{Corner(0, TopLeft)}:{Corner(1, TopRight)}:{Corner(2, BottomLeft)}:{Corner(3, BottomRight)}";

    /// <summary>The way from one view to another; <paramref name="progress"/> is an expression that goes from 0 to 1.</summary>
    public static string ToFilter(Quad from, Quad to, string progress)
    {
        return "perspective=sense=source:interpolation=linear:eval=frame"
            + Way(0, from.TopLeft, to.TopLeft) + Way(1, from.TopRight, to.TopRight)
            + Way(2, from.BottomLeft, to.BottomLeft) + Way(3, from.BottomRight, to.BottomRight);

        string Way(int corner, Point a, Point b) =>
            $":x{corner}=W*({Number(a.X)}+{Number(b.X - a.X)}*{progress}):y{corner}=H*({Number(a.Y)}+{Number(b.Y - a.Y)}*{progress})";
    }

    private static string Corner(int corner, Point point) => $"x{corner}=W*{Number(point.X)}:y{corner}=H*{Number(point.Y)}";

    private static string Number(double value) => Math.Round(value, 6).ToString("0.######", CultureInfo.InvariantCulture) is "-0" or "0" ? "0" : Format(value);

    private static string Format(double value) => $"({value.ToString("0.######", CultureInfo.InvariantCulture)})";

    private Point At(double x, double y)
    {
        var upper = TopLeft + ((TopRight - TopLeft) * x);
        var lower = BottomLeft + ((BottomRight - BottomLeft) * x);
        return upper + ((lower - upper) * y);
    }

    private Quad Each(Func<Point, Point> move) => new(move(TopLeft), move(TopRight), move(BottomLeft), move(BottomRight));

    private (double MinX, double MaxX, double MinY, double MaxY) Bounds() => (
        Math.Min(Math.Min(TopLeft.X, TopRight.X), Math.Min(BottomLeft.X, BottomRight.X)),
        Math.Max(Math.Max(TopLeft.X, TopRight.X), Math.Max(BottomLeft.X, BottomRight.X)),
        Math.Min(Math.Min(TopLeft.Y, TopRight.Y), Math.Min(BottomLeft.Y, BottomRight.Y)),
        Math.Max(Math.Max(TopLeft.Y, TopRight.Y), Math.Max(BottomLeft.Y, BottomRight.Y)));
}
