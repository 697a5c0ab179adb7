namespace Providers.Local;

/// <summary>Where a camera move begins and ends, as views of one picture. Never leaves the picture.</summary>
internal readonly record struct CameraPath(Quad From, Quad To)
{
    private const double FocusY = 0.3;

    /// <param name="strength">1 for a usual move; above for a faster one.</param>
    /// <param name="dice">Small differences between takes of one prompt.</param>
    /// <param name="aspect">Width ÷ height.</param>
    public static CameraPath Of(CameraMove move, double strength, Dice dice, double aspect)
    {
        var near = 1 + (0.36 * strength * dice.Between(0.85, 1.15));
        var (x, y) = (dice.Between(0.4, 0.6), FocusY + dice.Between(-0.08, 0.08));
        var roll = dice.Between(-0.8, 0.8);
        var wide = Quad.Full.Zoom(1.05);
        var framed = Quad.Full.Zoom(1 + (0.26 * strength), 0.5, y);
        // half of what the zoom leaves to wander in, so that both ends stay inside
        var room = (1 - (1 / (1 + (0.26 * strength)))) * 0.48;
        var path = move switch
        {
            CameraMove.PushIn => new CameraPath(wide, wide.Zoom(near, x, y).Roll(roll, aspect)),
            CameraMove.PullOut => new CameraPath(wide.Zoom(near, x, y).Roll(roll, aspect), wide),
            CameraMove.PanLeft => new CameraPath(framed.Shift(room, 0), framed.Shift(-room, 0)),
            CameraMove.PanRight => new CameraPath(framed.Shift(-room, 0), framed.Shift(room, 0)),
            CameraMove.TiltUp => new CameraPath(framed.Shift(0, room).Pitch(0.05), framed.Shift(0, -room).Pitch(-0.05)),
            CameraMove.TiltDown => new CameraPath(framed.Shift(0, -room).Pitch(-0.05), framed.Shift(0, room).Pitch(0.05)),
            _ => Orbit(strength, dice.Next(2) == 0, y),
        };
        return new CameraPath(path.From.Inside(), path.To.Inside());
    }

    /// <summary>ffmpeg's perspective filter from the first to the last of <paramref name="frames"/> frames, eased in and out.</summary>
    public string ToFilter(int frames)
    {
        var t = $"(on/{Math.Max(1, frames - 1)})";
        return Quad.ToFilter(From, To, $"({t}*{t}*(3-2*{t}))");
    }

    private static CameraPath Orbit(double strength, bool clockwise, double y)
    {
        var around = 0.19 * strength * (clockwise ? 1 : -1);
        var (left, right) = (Quad.Full.Zoom(1.14, 0.5, y).Shift(-0.05, 0), Quad.Full.Zoom(1.14, 0.5, y).Shift(0.05, 0));
        return clockwise ? new CameraPath(left.Turn(around), right.Turn(-around)) : new CameraPath(right.Turn(around), left.Turn(-around));
    }
}
