using EnhancerService;
using Xunit;

namespace Workers.Tests.Enhancer;

/// <summary>When an answer to one prompt will do for another.</summary>
public class SimilarPromptsTests
{
    [Theory]
    [InlineData("the woman in a red dress", "woman in the red dress")]
    [InlineData("Woman walking on the beach, red dresses", "a woman walks on a beach in a red dress")]
    [InlineData("portrait of Ada, 35mm, soft light", "Portrait of Ada with soft light at 35mm")]
    public void Nearly_the_same_words_are(string asked, string before) => Assert.Equal(before, Nearest(asked, before));

    [Theory]
    [InlineData("woman in a red dress", "woman in a blue dress")]
    [InlineData("woman in a red dress", "woman in a dress")]
    [InlineData("three dogs on the beach, 3 balls", "three dogs on the beach, 4 balls")]
    [InlineData("a man with a hat on a horse", "a man without a hat on a horse")]
    [InlineData("a sign that says \"open\" over a door", "a sign that says \"closed\" over a door")]
    [InlineData("a cat", "a dog")]
    [InlineData("a woman in the rain", "a woman in the rain at night under a lamp")]
    [InlineData("", "")]
    public void Other_facts_or_too_many_other_words_are_not(string asked, string before) => Assert.Null(Nearest(asked, before));

    [Fact]
    public void The_nearest_of_several_is_taken() =>
        Assert.Equal("tall woman in a long red dress", SimilarPrompts.Nearest("a tall woman in the long red dress", ["tall woman in long old red dress", "tall woman in a long red dress"], text => text, 0.5));

    private static string? Nearest(string asked, string before) => SimilarPrompts.Nearest(asked, [before], text => text, 0.75);
}
