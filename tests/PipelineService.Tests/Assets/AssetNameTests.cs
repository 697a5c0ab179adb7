using PipelineService.Assets;

namespace PipelineService.Tests.Assets;

public sealed class AssetNameTests
{
    [Theory]
    [InlineData("photo.png", "png", "photo.png")]
    [InlineData("photo.jpeg", "jpg", "photo.jpeg")]
    [InlineData("photo.png", "webp", "photo.webp")]
    [InlineData("v1.2", "png", "v1.2.png")]
    [InlineData("a/b\\c.png", "png", "c.png")]
    [InlineData("..", "png", "image.png")]
    [InlineData(".png", "png", "png.png")]
    [InlineData("", "jpg", "image.jpg")]
    [InlineData("a\u0000\r\n<b>:\"|?*.png", "png", "ab.png")]
    [InlineData("gnp\u202Egpj.png", "png", "gnpgpj.png")]
    [InlineData("Foto für 愛 🎉.png", "png", "Foto für 愛 🎉.png")]
    public void A_name_is_made_harmless(string raw, string extension, string expected) => Assert.Equal(expected, AssetName.For(raw, extension));

    [Fact]
    public void A_long_name_keeps_its_extension()
    {
        var name = AssetName.For(new string('x', 4000) + ".png", "png");

        Assert.Equal(AssetName.MaxLength, name.Length);
        Assert.EndsWith("x.png", name, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_in_an_archive_are_unique_where_case_does_not_count()
    {
        var names = new ArchiveNames("manifest.json");

        Assert.Equal(
            ["a.png", "A (2).png", "a (3).png", "manifest (2).json", "b.mp4"],
            new[] { "a.png", "A.png", "a.png", "manifest.json", "b.mp4" }.Select(names.Unique));
    }
}
