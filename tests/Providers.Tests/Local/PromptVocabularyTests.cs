using Providers.Local;

namespace Providers.Tests.Local;

public class PromptVocabularyTests
{
    [Theory]
    [InlineData("woman in r", "woman in red dress")]
    [InlineData("portrait of my cat, gol", "portrait of my cat, golden hour light")]
    [InlineData("Woman  IN  re", "Woman IN red dress")]
    [InlineData("slow p", "slow push-in")]
    public void What_was_typed_is_completed(string typed, string expected) => Assert.Contains(expected, PromptVocabulary.Completions(typed, 8));

    [Fact]
    public void Nothing_typed_gives_beginnings() => Assert.Equal(8, PromptVocabulary.Completions("", 8).Count);

    [Fact]
    public void No_more_than_asked_none_twice_and_never_the_text_itself()
    {
        var completions = PromptVocabulary.Completions("s", 8);
        Assert.Equal(8, completions.Count);
        Assert.Equal(completions.Distinct(StringComparer.OrdinalIgnoreCase), completions);
        Assert.DoesNotContain("red dress", PromptVocabulary.Completions("red dress", 8));
        Assert.Empty(PromptVocabulary.Completions("s", 0));
        Assert.Empty(PromptVocabulary.Completions("zzz qqq xxx", 8));
    }
}
