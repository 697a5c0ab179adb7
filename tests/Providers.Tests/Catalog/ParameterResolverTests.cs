using Contracts.Generation;
using Providers.Catalog;

namespace Providers.Tests.Catalog;

public class ParameterResolverTests
{
    private static readonly ParameterResolver Resolver = new(ModelCatalog.Embedded);

    [Fact]
    public void Nothing_asked_gives_the_defaults()
    {
        var video = Resolved(GenerationKind.Video, "kling", new AskedParameters());
        Assert.Equal(new GenerationParameters("kling", "source", null, "1080p", null, 5), video.Parameters);
        var image = Resolved(GenerationKind.Image, null, new AskedParameters());
        Assert.Equal(ModelCatalog.Embedded.Default(GenerationKind.Image).Id, image.Parameters.Model);
        Assert.Null(image.Parameters.DurationSec);
    }

    [Fact]
    public void An_unknown_model_is_refused_with_those_of_its_kind()
    {
        var error = Assert.Single(Refused(GenerationKind.Image, "dall-e-9", new AskedParameters()));
        Assert.Equal("/model", error.Path);
        Assert.Contains("kling-image", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("veo31", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_video_model_makes_no_images() =>
        Assert.StartsWith("wan does not make images.", Assert.Single(Refused(GenerationKind.Image, "wan", new AskedParameters())).Message, StringComparison.Ordinal);

    [Fact]
    public void All_faults_are_told_at_once_with_what_is_offered()
    {
        var errors = Refused(GenerationKind.Video, "kling", new AskedParameters(AspectRatio: "5:1", Resolution: "240p", DurationSec: 7, Audio: true));
        Assert.Equal(["/aspect_ratio", "/resolution", "/duration_sec", "/audio"], errors.Select(error => error.Path));
        Assert.Contains("Use one of: 5, 10.", errors.Single(error => error.Path == "/duration_sec").Message, StringComparison.Ordinal);
        Assert.Contains("1080p", errors.Single(error => error.Path == "/resolution").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mapped_ratio_is_taken_and_said()
    {
        var resolved = Resolved(GenerationKind.Image, "gpt-image-1.5", new AskedParameters(AspectRatio: "9:16"));
        Assert.Equal("9:16", resolved.Parameters.AspectRatio);
        Assert.Equal("1024x1536", resolved.Parameters.Size);
        Assert.Contains(resolved.Warnings, warning => warning.Contains("no 9:16", StringComparison.Ordinal) && warning.Contains("2:3", StringComparison.Ordinal));
    }

    [Fact]
    public void A_ratio_of_the_models_own_needs_no_warning()
    {
        var resolved = Resolved(GenerationKind.Image, "kling-image", new AskedParameters(AspectRatio: "9:16"));
        Assert.Null(resolved.Parameters.Size);
        Assert.Empty(resolved.Warnings);
    }

    [Fact]
    public void A_retired_model_runs_on_the_demo_renderer_with_a_warning()
    {
        var resolved = Resolved(GenerationKind.Video, "sora-2", new AskedParameters());
        Assert.Contains(resolved.Warnings, warning => warning.Contains("Only the demo renderer", StringComparison.Ordinal));
    }

    [Fact]
    public void A_retired_model_is_refused_by_a_real_provider()
    {
        var refused = Assert.IsType<ParameterResolution.Refused>(Resolver.Resolve(GenerationKind.Video, "sora-2", new AskedParameters(), "fal"));
        Assert.Contains("cannot run any more", Assert.Single(refused.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_deprecated_model_warns_and_names_its_successor()
    {
        var warning = Assert.Single(Resolved(GenerationKind.Image, "gpt-image-1.5", new AskedParameters()).Warnings);
        Assert.Contains("Use gpt-image-2 instead.", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_value_that_a_model_lists_is_accepted()
    {
        Assert.All(ModelCatalog.Embedded.All, model =>
        {
            var can = model.Capabilities;
            Assert.All(can.AcceptedAspectRatios, ratio => Resolved(model.Kind, model.Id, new AskedParameters(AspectRatio: ratio)));
            Assert.All(can.Resolutions, resolution => Resolved(model.Kind, model.Id, new AskedParameters(Resolution: resolution)));
            Assert.All(can.Qualities, quality => Resolved(model.Kind, model.Id, new AskedParameters(Quality: quality)));
            Assert.All(can.Durations, seconds => Resolved(model.Kind, model.Id, new AskedParameters(DurationSec: seconds)));
        });
    }

    [Fact]
    public void A_persons_own_prompt_is_refused_when_it_is_too_long()
    {
        var wan = ModelCatalog.Embedded.Find("wan")!;
        Assert.Null(PromptLimit.Refusal(wan, new string('a', 800)));
        Assert.Equal("The prompt has 801 characters; wan takes up to 800.", PromptLimit.Refusal(wan, new string('a', 801)));
    }

    [Theory]
    [InlineData("One two. Three four five.", 12, "One two.")]
    [InlineData("One two three four", 13, "One two three")]
    [InlineData("One two three four", 12, "One two")]
    [InlineData("Short", 12, "Short")]
    [InlineData("Anything", null, "Anything")]
    public void A_derived_prompt_is_shortened_at_a_sentence_or_word(string prompt, int? max, string expected) =>
        Assert.Equal(expected, PromptLimit.Shorten(prompt, max));

    private static ParameterResolution.Resolved Resolved(GenerationKind kind, string? model, AskedParameters asked) =>
        Assert.IsType<ParameterResolution.Resolved>(Resolver.Resolve(kind, model, asked, ProviderNames.Local));

    private static IReadOnlyList<ParameterError> Refused(GenerationKind kind, string? model, AskedParameters asked) =>
        Assert.IsType<ParameterResolution.Refused>(Resolver.Resolve(kind, model, asked, ProviderNames.Local)).Errors;
}
