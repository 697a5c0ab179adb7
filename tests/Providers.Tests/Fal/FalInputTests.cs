using Contracts.Generation;
using Providers.Catalog;
using Providers.Fal;
using Sandbox.Fal;

namespace Providers.Tests.Fal;

/// <summary>Bodies for fal, held to the fields that its client's types state.</summary>
public sealed class FalInputTests
{
    private const string Url = "https://v3b.fal.media/files/a/source.png";

    // What changes the price, under every name it goes by.
    private static readonly string[] Priced = ["resolution", "duration", "quality", "image_size", "aspect_ratio", "num_images", "generate_audio", "generate_audio_switch", "num_frames", "fps"];

    // Rewriting a prompt that the user has approved.
    private static readonly string[] Rewriters = ["enable_prompt_expansion", "prompt_optimizer", "auto_fix"];

    public static TheoryData<string> Models => [.. ModelCatalog.Embedded.All.Select(model => model.Id)];

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_model_is_asked_with_everything_that_has_a_price_in_values_that_it_takes(string id)
    {
        var model = ModelCatalog.Embedded.Find(id)!;
        var wire = model.Wire!;

        foreach (var asked in Askings(model))
        {
            var body = FalInput.Body(model, asked, "a red dress", 7_000_000_000, Url);

            Assert.Null(FalSchema.Check(wire, body));
            Assert.All(wire.Fields.Where(field => field.Required), field => Assert.True(body.ContainsKey(field.Name), field.Name));
            Assert.All(wire.Fields.Where(field => IsPriced(wire, field.Name)), field => Assert.True(body.ContainsKey(field.Name), field.Name));
            Assert.All(wire.Fields.Where(field => Rewriters.Contains(field.Name)), field => Assert.False(body[field.Name]!.GetValue<bool>()));
            Assert.False(body.ContainsKey("sync_mode"));
        }
    }

    [Theory]
    [InlineData("wan", 10, "720p", "{\"duration\":\"10\",\"enable_prompt_expansion\":false,\"image_url\":\"U\",\"prompt\":\"p\",\"resolution\":\"720p\",\"seed\":5}")]
    [InlineData("kling", 5, null, "{\"duration\":\"5\",\"image_url\":\"U\",\"prompt\":\"p\"}")]
    [InlineData("veo31-fast", 6, "720p", "{\"aspect_ratio\":\"auto\",\"auto_fix\":false,\"duration\":\"6s\",\"generate_audio\":false,\"image_url\":\"U\",\"prompt\":\"p\",\"resolution\":\"720p\",\"seed\":5}")]
    [InlineData("kling-3-pro", 7, null, "{\"duration\":\"7\",\"generate_audio\":false,\"prompt\":\"p\",\"start_image_url\":\"U\"}")]
    [InlineData("wan-2.7", 4, "1080p", "{\"duration\":4,\"enable_prompt_expansion\":false,\"image_url\":\"U\",\"prompt\":\"p\",\"resolution\":\"1080p\",\"seed\":5}")]
    public void The_traps_of_the_families_are_kept_clear_of(string id, int seconds, string? resolution, string expected)
    {
        var model = ModelCatalog.Embedded.Find(id)!;
        var asked = new GenerationParameters(id, model.Capabilities.AspectRatios.Contains("auto") ? "auto" : "source", Resolution: resolution, DurationSec: seconds);

        Assert.Equal(expected, FalInput.Body(model, asked, "p", 5, "U").ToJsonString());
    }

    [Fact]
    public void A_picture_of_several_goes_as_a_list_and_sizes_by_their_names()
    {
        var model = ModelCatalog.Embedded.Find("gpt-image-1.5")!;
        var body = FalInput.Body(model, new GenerationParameters(model.Id, "9:16", "1024x1536", Quality: "medium"), "p", 5, "U");

        Assert.Equal("[\"U\"]", body["image_urls"]!.ToJsonString());
        Assert.Equal(("1024x1536", "medium", 1), (body["image_size"]!.GetValue<string>(), body["quality"]!.GetValue<string>(), body["num_images"]!.GetValue<int>()));
    }

    // Frames are another way to say a clip's length, where that cannot be chosen.
    private static bool IsPriced(ModelWire wire, string field) => Priced.Contains(field) && (field != "num_frames" || wire.DurationFormat is null);

    /// <summary>The defaults, and each value of each setting.</summary>
    private static IEnumerable<GenerationParameters> Askings(ModelInfo model)
    {
        var resolver = new ParameterResolver(ModelCatalog.Embedded);
        var can = model.Capabilities;
        return can.AcceptedAspectRatios.Select(ratio => new AskedParameters { AspectRatio = ratio })
            .Concat(can.Resolutions.Select(resolution => new AskedParameters { Resolution = resolution }))
            .Concat(can.Qualities.Select(quality => new AskedParameters { Quality = quality }))
            .Concat(can.Durations.Select(seconds => new AskedParameters { DurationSec = seconds }))
            .Append(new AskedParameters())
            .Select(asked => Assert.IsType<ParameterResolution.Resolved>(resolver.Resolve(model.Kind, model.Id, asked, ProviderNames.Local)).Parameters);
    }
}
