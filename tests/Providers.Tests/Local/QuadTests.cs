using FsCheck;
using FsCheck.Fluent;
using Providers.Local;

namespace Providers.Tests.Local;

public class QuadTests
{
    private static readonly Gen<double> Amount = Gen.Choose(-30, 30).Select(percent => percent / 100.0);

    [Fact]
    public void Whatever_is_done_to_it_the_view_ends_within_the_picture() =>
        Check.QuickThrowOnFailure(Prop.ForAll(
            (from turn in Amount from pitch in Amount from x in Amount from y in Amount from roll in Amount from zoom in Gen.Choose(80, 250) select (turn, pitch, x, y, roll, zoom))
            .ToArbitrary(),
            way => Within(Quad.Full.Zoom(way.zoom / 100.0).Roll(way.roll * 60, 1.5).Turn(way.turn).Pitch(way.pitch).Shift(way.x, way.y).Inside())));

    [Fact]
    public void Camera_paths_stay_within_the_picture_and_go_somewhere() =>
        Assert.All(CameraMoves.All, move => Assert.All(Enumerable.Range(0, 50), seed =>
        {
            var path = CameraPath.Of(move, 1.5, Dice.Of("any", seed), 0.5625);
            Assert.True(Within(path.From) && Within(path.To));
            Assert.NotEqual(path.From, path.To);
        }));

    [Fact]
    public void Mirroring_twice_changes_nothing() => Assert.Equal(Quad.Full, Quad.Full.Mirror().Mirror());

    private static bool Within(Quad quad) =>
        new[] { quad.TopLeft, quad.TopRight, quad.BottomLeft, quad.BottomRight }
            .All(point => point.X is >= -1e-6 and <= 1 + 1e-6 && point.Y is >= -1e-6 and <= 1 + 1e-6);
}
