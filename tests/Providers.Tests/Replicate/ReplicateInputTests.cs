using System.Text.Json.Nodes;
using Contracts.Generation;
using Providers.Catalog;
using Providers.Replicate;
using Sandbox.Replicate;

namespace Providers.Tests.Replicate;

/// <summary>Inputs for Replicate, held to the fields that the catalog has of its models.</summary>
public sealed class ReplicateInputTests
{
    // What changes the price, under every name it goes by.
    private static readonly string[] Priced = ["resolution", "duration", "generate_audio", "mode", "fps", "num_outputs", "max_images"];

    // Rewriting a prompt that the user has approved, or giving it to another model.
    private static readonly string[] Rewriters = ["enable_prompt_expansion", "prompt_optimizer", "allow_fallback_model"];

    public static TheoryData<string> Models => [.. ModelCatalog.Embedded.All.Where(model => model.Replicate is not null).Select(model => model.Id)];

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_served_model_is_asked_with_everything_that_has_a_price_in_values_that_it_takes(string id)
    {
        var model = ModelCatalog.Embedded.Find(id)!;
        var wire = model.Replicate!;

        Assert.All(Askings(model), asked =>
        {
            var input = ReplicateInput.Body(wire, asked, "a red dress", 7_000_000_000, "https://x/source.png", 0.6)!;

            Assert.NotNull(input);
            Assert.Null(ReplicateSchema.Check(wire, (JsonObject)JsonNode.Parse(input.ToJsonString())!));
            Assert.True(input.ContainsKey(wire.ImageField));
            Assert.All(wire.Fields.Where(field => Priced.Contains(field.Name)), field => Assert.True(input.ContainsKey(field.Name), field.Name));
            Assert.All(wire.Fields.Where(field => Rewriters.Contains(field.Name)), field => Assert.False(input[field.Name]!.GetValue<bool>()));
            Assert.Equal(asked.AspectRatio is null or "source", !input.ContainsKey("aspect_ratio"));
        });
    }

    [Fact]
    public void A_checked_input_can_be_wrong()
    {
        var wire = ModelCatalog.Embedded.Find("kling")!.Replicate!;

        Assert.Equal("enum input.duration", Fault("""{"prompt":"p","duration":7}"""));
        Assert.Equal("invalid_type input.duration", Fault("""{"prompt":"p","duration":"5"}"""));
        Assert.Equal("required input", Fault("""{"duration":5}"""));
        Assert.Equal("additional_property_not_allowed input", Fault("""{"prompt":"p","seed":1}"""));
        Assert.Equal("number_lte input.duration", Fault("""{"prompt":"p","duration":13}""", ModelCatalog.Embedded.Find("seedance-1-pro")!.Replicate!));

        string Fault(string input, ReplicateWire? of = null)
        {
            var fault = Assert.Single(ReplicateSchema.Check(of ?? wire, (JsonObject)JsonNode.Parse(input)!)!)!;
            return $"{fault["type"]} {fault["field"]}";
        }
    }

    [Theory]
    [InlineData("kling", "source", null, 10, false, """{"prompt":"p","start_image":"U","duration":10}""")]
    [InlineData("kling-2.6-pro", "source", null, 5, false, """{"prompt":"p","start_image":"U","duration":5,"generate_audio":false}""")]
    [InlineData("veo31-fast", "16:9", "720p", 6, true, """{"prompt":"p","image":"U","aspect_ratio":"16:9","duration":6,"resolution":"720p","generate_audio":true,"seed":5}""")]
    [InlineData("wan", "source", "480p", 5, false, """{"prompt":"p","image":"U","resolution":"480p","duration":5,"seed":5,"enable_prompt_expansion":false}""")]
    [InlineData("hailuo-2.3-pro", "source", "1080p", 6, false, """{"prompt":"p","first_frame_image":"U","duration":6,"resolution":"1080p","prompt_optimizer":false}""")]
    [InlineData("seedance-1-pro", "source", "480p", 3, false, """{"prompt":"p","image":"U","duration":3,"resolution":"480p","fps":24,"camera_fixed":false,"seed":5}""")]
    [InlineData("nano-banana", "auto", "1K", null, false, """{"prompt":"p","image_input":["U"],"aspect_ratio":"match_input_image","output_format":"png"}""")]
    [InlineData("nano-banana-pro", "9:16", "4K", null, false, """{"prompt":"p","image_input":["U"],"aspect_ratio":"9:16","resolution":"4K","output_format":"png","allow_fallback_model":false}""")]
    public void The_traps_of_the_families_are_kept_clear_of(string id, string ratio, string? resolution, int? seconds, bool audio, string expected)
    {
        var asked = new GenerationParameters(id, ratio, Resolution: resolution, DurationSec: seconds, Audio: audio);

        Assert.Equal(expected, ReplicateInput.Body(ModelCatalog.Embedded.Find(id)!.Replicate!, asked, "p", 5, "U", null)!.ToJsonString());
    }

    [Theory]
    [InlineData(0.5, "9:16")]
    [InlineData(0.99, "9:16")]
    [InlineData(1.01, "16:9")]
    [InlineData(3.0, "16:9")]
    [InlineData(null, "16:9")]
    public void Where_there_is_no_automatic_ratio_the_nearest_to_the_picture_is_sent(double? source, string expected)
    {
        var wire = ModelCatalog.Embedded.Find("veo31")!.Replicate!;
        var input = ReplicateInput.Body(wire, new GenerationParameters("veo31", "auto", Resolution: "720p", DurationSec: 4), "p", 1, "U", source)!;

        Assert.Equal(expected, input["aspect_ratio"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("wan", "source", "4K", 5)]
    [InlineData("wan", "source", null, 5)]
    [InlineData("wan", "source", "480p", 7)]
    [InlineData("wan", "source", "480p", null)]
    [InlineData("veo31", "1:1", "720p", 4)]
    [InlineData("seedance-1-pro", "9:16", "480p", 5)]
    [InlineData("seedance-1-pro", "source", "480p", 13)]
    public void What_the_model_does_not_have_there_is_never_left_to_its_default(string id, string ratio, string? resolution, int? seconds)
    {
        var asked = new GenerationParameters(id, ratio, Resolution: resolution, DurationSec: seconds);
        var input = ReplicateInput.Body(ModelCatalog.Embedded.Find(id)!.Replicate!, asked, "p", 1, "U", null);

        // seedance takes a ratio and passes over it, which only the catalog knows.
        Assert.Equal(id == "seedance-1-pro" && ratio != "source", input is not null);
    }

    [Fact]
    public void What_a_provider_does_not_offer_is_refused_when_it_is_planned()
    {
        var resolver = new ParameterResolver(ModelCatalog.Embedded);
        var asked = new AskedParameters(AspectRatio: "9:16");

        Assert.IsType<ParameterResolution.Resolved>(resolver.Resolve(GenerationKind.Video, "seedance-1-pro", asked, ProviderNames.Fal));
        var refused = Assert.IsType<ParameterResolution.Refused>(resolver.Resolve(GenerationKind.Video, "seedance-1-pro", asked, ProviderNames.Replicate));
        Assert.Equal("seedance-1-pro does not offer the aspect ratio '9:16'. Use one of: source.", Assert.Single(refused.Errors).Message);
        Assert.Equal("source", Assert.IsType<ParameterResolution.Resolved>(resolver.Resolve(GenerationKind.Video, "seedance-1-pro", new(), "Replicate")).Parameters.AspectRatio);
    }

    [Fact]
    public void A_model_there_is_the_catalogs_but_for_what_differs()
    {
        var seedance = ModelCatalog.Embedded.Find("seedance-1-pro")!;

        Assert.Null(seedance.At(ProviderNames.Replicate).Price.PerMillionTokens);
        Assert.NotNull(seedance.At(ProviderNames.Fal).Price.PerMillionTokens);
        var kling = ModelCatalog.Embedded.Find("kling")!;
        Assert.Equal(kling, kling.At(ProviderNames.Replicate));
    }

    /// <summary>The defaults, and each value of each setting.</summary>
    private static IEnumerable<GenerationParameters> Askings(ModelInfo model)
    {
        var resolver = new ParameterResolver(ModelCatalog.Embedded);
        var can = model.At(ProviderNames.Replicate).Capabilities;
        return can.AcceptedAspectRatios.Select(ratio => new AskedParameters { AspectRatio = ratio })
            .Concat(can.Resolutions.Select(resolution => new AskedParameters { Resolution = resolution }))
            .Concat(can.Durations.Select(seconds => new AskedParameters { DurationSec = seconds }))
            .Concat(can.Audio ? [new AskedParameters { Audio = true }] : [])
            .Concat(can.NegativePrompt ? [new AskedParameters { NegativePrompt = "blur" }] : [])
            .Append(new AskedParameters())
            .Select(asked => Assert.IsType<ParameterResolution.Resolved>(resolver.Resolve(model.Kind, model.Id, asked, ProviderNames.Replicate)).Parameters);
    }
}
