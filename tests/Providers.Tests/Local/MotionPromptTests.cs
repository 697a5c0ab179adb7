using Providers.Local;
using Providers.Local.Prompts;

namespace Providers.Tests.Local;

public class MotionPromptTests
{
    [Theory]
    [InlineData("rocket on its launch pad", "tilt up")]
    [InlineData("portrait of a woman", "push-in")]
    [InlineData("coffee cup on a table", "orbit")]
    [InlineData("desert landscape", "pull-out")]
    [InlineData("woman in red dress", null)]
    public void The_subject_stays_and_one_move_is_added(string prompt, string? move)
    {
        var motion = MotionPrompt.From(prompt);
        Assert.Contains(prompt, motion, StringComparison.OrdinalIgnoreCase);
        Assert.NotNull(CameraMoves.Named(new Words(motion)));
        Assert.Contains(move ?? "slow", motion, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(motion, MotionPrompt.From(prompt));
    }

    [Fact]
    public void A_move_that_is_already_named_stays_the_only_one()
    {
        var motion = MotionPrompt.From("Slow pan left across the harbour");
        Assert.StartsWith("Slow pan left across the harbour.", motion, StringComparison.Ordinal);
        Assert.Equal(CameraMove.PanLeft, CameraMoves.Named(new Words(motion)));
    }

    [Fact]
    public void Talk_to_an_image_editor_is_left_out()
    {
        var motion = MotionPrompt.From("Using the provided image as the reference: woman in red dress. Keep the face and hair as they are.");
        Assert.Contains("woman in red dress", motion, StringComparison.Ordinal);
        Assert.DoesNotContain("provided image", motion, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Keep", motion, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("...")]
    [InlineData("Keep everything.")]
    [InlineData("\u0000\uD83D")]
    public void Anything_gives_a_usable_prompt(string prompt) => Assert.NotNull(CameraMoves.Named(new Words(MotionPrompt.From(prompt))));

    [Fact]
    public void A_very_long_prompt_gives_one_that_every_model_takes() => Assert.InRange(MotionPrompt.From(string.Join(' ', Enumerable.Repeat("word", 8000))).Length, 50, 800);

    [Fact]
    public void Every_move_is_understood_by_its_own_name() =>
        Assert.All(CameraMoves.All, move => Assert.Equal(move, CameraMoves.Named(new Words($"a slow {CameraMoves.Name(move)} in the hall"))));

    [Fact]
    public void Written_image_prompts_turn_into_motion_with_the_subject_kept() =>
        Assert.All(
            LocalPrompts.Write(Ask.Prompts("woman in red dress", 20, model: "nano-banana")),
            prompt => Assert.Contains("woman in red dress", MotionPrompt.From(prompt), StringComparison.OrdinalIgnoreCase));
}
