using System.Text.Json;
using Providers.Prompts;

namespace Providers.Tests.Prompts;

/// <summary>Which prompts of an answer can be used.</summary>
public sealed class PromptSheetTests
{
    [Fact]
    public void Takes_as_many_as_were_asked_for_and_complains_of_nothing()
    {
        var sheet = Sheet("a dog", 2);
        sheet.Take(Answer("A dog by the sea", "A dog in the snow", "A dog at night"), last: false);

        Assert.Equal(["A dog by the sea", "A dog in the snow"], sheet.Good);
        Assert.Equal(0, sheet.Missing);
        Assert.Empty(sheet.Complaints);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("- A dog", "markdown")]
    [InlineData("1. A dog", "markdown")]
    [InlineData("A **bold** dog", "markdown")]
    [InlineData("A DOG by the sea!", "same")]
    public void What_cannot_be_used_is_named(string prompt, string complaint)
    {
        var sheet = Sheet("a dog", 2);
        sheet.Take(Answer("A dog by the sea", prompt), last: false);

        Assert.Equal((1, 1), (sheet.Good.Count, sheet.Missing));
        Assert.Contains(sheet.Complaints, said => said.Contains(complaint, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("woman in red dress", "A woman in a crimson gown", null)]
    [InlineData("woman in red dress", "A woman in a blue gown", "the colour red")]
    [InlineData("two dogs and 3 cats", "Two dogs and three cats", null)]
    [InlineData("two dogs and 3 cats", "Two dogs and 4 cats", "the number 3")]
    [InlineData("35 mm lens", "A lens of 350 mm", "the number 35")]
    [InlineData("a sign that says \"Open late\"", "A neon sign, “OPEN LATE”, in the rain", null)]
    [InlineData("a sign that says \"Open late\"", "A neon sign in the rain", "Open late")]
    [InlineData("ein Hund", "A dog", null)]
    public void The_users_facts_are_kept(string asked, string prompt, string? lost)
    {
        var sheet = Sheet(asked, 1);
        sheet.Take(Answer(prompt), last: true);

        Assert.Equal(lost is null ? 0 : 1, sheet.Missing);
        Assert.True(lost is null || sheet.Complaints.Single().Contains(lost, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_too_long_is_complained_of_first_and_shortened_at_last()
    {
        const string Long = "A dog by the sea in the evening. It looks at the waves and waits.";
        var sheet = Sheet("a dog", 1, maxChars: 40);
        sheet.Take(Answer(Long), last: false);
        Assert.Equal(1, sheet.Missing);

        sheet.Take(Answer(Long), last: true);

        Assert.Equal("A dog by the sea in the evening.", Assert.Single(sheet.Good));
    }

    [Theory]
    [InlineData("Of course! Here are some ideas.")]
    [InlineData("""["A dog"]""")]
    [InlineData("""{"prompts":"A dog"}""")]
    [InlineData("""{"prompts":["A do""")]
    [InlineData("")]
    public void An_answer_of_another_form_is_nothing(string answer)
    {
        var sheet = Sheet("a dog", 1);
        sheet.Take(answer, last: false);

        Assert.Empty(sheet.Good);
        Assert.Contains("JSON", Assert.Single(sheet.Complaints), StringComparison.Ordinal);
    }

    [Fact]
    public void Odd_elements_take_no_other_down()
    {
        var sheet = Sheet("a dog", 3);
        sheet.Take("""{"prompts":[null,7,{"text":"A dog"},"A dog runs","A dog sleeps"]}""", last: false);
        Assert.Equal(["A dog runs", "A dog sleeps"], sheet.Good);
    }

    [Fact]
    public void Others_fill_only_what_is_missing_and_different()
    {
        var sheet = Sheet("a dog", 2);
        sheet.Take(Answer("A dog runs"), last: true);

        Assert.Equal(["A dog sleeps"], sheet.Fill(["A dog, runs", "A dog sleeps", "A dog eats"]));
        Assert.Equal(["A dog runs", "A dog sleeps"], sheet.Good);
    }

    private static PromptSheet Sheet(string prompt, int count, int? maxChars = null) => new(Ask.Prompts(prompt, count, maxChars: maxChars));

    private static string Answer(params string[] prompts) => JsonSerializer.Serialize(new { prompts });
}
