using Contracts.Generation;
using FsCheck;
using FsCheck.Fluent;
using Providers.Local;
using Providers.Local.Prompts;

namespace Providers.Tests.Local;

public class LocalPromptsTests
{
    private static readonly string[] Inputs =
    [
        "woman in red dress", "A man.  He waits; the train is late!", "coffee cup on a table, morning", "mountain lake", "make it look like winter", "x",
        "astronaut smiling in an orange suit", "pan left over the city at night", "Kind über 7 Brücken, 30 % Rabatt: „Los!“", "perfume bottle, seen from above",
    ];

    private static readonly string?[] Themes = [null, "outfits", "poses", "expressions", "lighting"];
    private static readonly string?[] Models = [null, "kling-image", "nano-banana", "gpt-image-2", "kling", "veo31", "wan", "hailuo-2.3"];

    private static readonly Gen<PromptsRequest> Requests =
        from prompt in Gen.Elements(Inputs)
        from count in Gen.Choose(1, 20)
        from video in Gen.Elements(false, true)
        from theme in Gen.Elements(Themes)
        from model in Gen.Elements(Models)
        from seed in Gen.Choose(0, 10_000)
        select Ask.Prompts(prompt, count, video ? StepTypes.ImageToVideo : StepTypes.ImageToImage, model, null, theme, seed, "photorealistic");

    [Fact]
    public void As_many_as_asked_and_no_two_alike() => Holds(Requests, request =>
    {
        var prompts = LocalPrompts.Write(request);
        return prompts.Count == request.Count && prompts.Distinct(StringComparer.OrdinalIgnoreCase).Count() == request.Count;
    });

    [Fact]
    public void Every_word_of_the_input_and_of_the_style_stays() => Holds(Requests, request =>
    {
        var facts = new Words(request.Prompt).All.Append("photorealistic").ToList();
        return LocalPrompts.Write(request).All(prompt => facts.All(new Words(prompt).Has));
    });

    [Fact]
    public void The_same_request_gives_the_same_prompts() =>
        Holds(Requests, request => LocalPrompts.Write(request).SequenceEqual(LocalPrompts.Write(request with { RequestKey = "another" })));

    [Fact]
    public void No_prompt_is_longer_than_allowed_and_all_stay_distinct() => Holds(
        from request in Requests
        from max in Gen.Choose(8, 400)
        select request with { MaxChars = max },
        request =>
        {
            var prompts = LocalPrompts.Write(request);
            return prompts.All(prompt => prompt.Length > 0 && prompt.Length <= request.MaxChars)
                && prompts.Distinct(StringComparer.OrdinalIgnoreCase).Count() == request.Count;
        });

    [Fact]
    public void Prompts_for_videos_name_exactly_one_camera_move() => Holds(
        Requests.Where(request => request.TargetType == StepTypes.ImageToVideo),
        request => LocalPrompts.Write(request).All(prompt => CameraMoves.Named(new Words(prompt)) is not null));

    [Fact]
    public void Another_seed_gives_other_prompts()
    {
        var first = LocalPrompts.Write(Ask.Prompts(seed: 1));
        var second = LocalPrompts.Write(Ask.Prompts(seed: 2));
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void A_dress_that_the_input_names_is_not_replaced()
    {
        var prompts = LocalPrompts.Write(Ask.Prompts("woman in red dress", 20, focus: "outfits"));
        Assert.All(prompts, prompt => Assert.DoesNotContain("wearing", prompt, StringComparison.Ordinal));
        Assert.All(LocalPrompts.Write(Ask.Prompts("woman on a bridge", 20, focus: "outfits")), prompt => Assert.Contains("wearing", prompt, StringComparison.Ordinal));
    }

    [Fact]
    public void A_thing_gets_no_clothes() =>
        Assert.All(
            LocalPrompts.Write(Ask.Prompts("coffee cup", 20, focus: "outfits")),
            prompt => Assert.Contains("presented on", prompt, StringComparison.Ordinal));

    [Theory]
    [InlineData("nano-banana", "Using the provided image")]
    [InlineData("gpt-image-2", "Edit the provided image")]
    [InlineData("kling-image", "Woman in red dress")]
    public void Image_models_are_spoken_to_in_their_way(string model, string opening) =>
        Assert.All(LocalPrompts.Write(Ask.Prompts(model: model)), prompt => Assert.StartsWith(opening, prompt, StringComparison.Ordinal));

    [Fact]
    public void Camera_words_stand_where_the_video_model_wants_them()
    {
        Assert.All(LocalPrompts.Write(Ask.Prompts(target: "i2v", model: "kling")), prompt => Assert.Contains(". Camera: ", prompt, StringComparison.Ordinal));
        Assert.All(
            LocalPrompts.Write(Ask.Prompts(target: "i2v", model: "veo31")),
            prompt => Assert.NotNull(CameraMoves.Named(new Words(prompt.Split(':')[0]))));
    }

    [Fact]
    public void A_video_prompt_that_names_a_move_keeps_it_alone()
    {
        var prompts = LocalPrompts.Write(Ask.Prompts("pan left over the city", 20, "i2v", "kling"));
        Assert.All(prompts, prompt => Assert.DoesNotContain("Camera:", prompt, StringComparison.Ordinal));
        Assert.All(prompts, prompt => Assert.Equal(CameraMove.PanLeft, CameraMoves.Named(new Words(prompt))));
    }

    private static void Holds(Gen<PromptsRequest> requests, Func<PromptsRequest, bool> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(requests.ToArbitrary(), property));
}
