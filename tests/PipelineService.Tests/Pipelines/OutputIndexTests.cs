using PipelineService.Pipelines;
using Xunit;

namespace PipelineService.Tests.Pipelines;

public sealed class OutputIndexTests
{
    [Fact]
    public void A_long_prompt_is_cut_and_says_so_and_two_that_differ_only_behind_the_cut_stay_two()
    {
        var whole = new string('a', 160);
        var index = OutputIndex.Of(5, [Line(1, whole), Line(2, whole + "b"), Line(3, whole + "c"), Line(4, new string('a', 159) + "👗👗"), Line(5, whole)], new OutputIndexQuery { Prompts = true });

        Assert.Equal([whole, whole + "…", whole + "…", whole[..159] + "…"], index.Prompts);
        Assert.Equal([0, 1, 2, 3, 0], index.Prompt);
    }

    private static OutputLine Line(long id, string prompt) =>
        new(id, id, null, null, null, null, null, null, null, false, false, true, Verdict.Unset, null, null, null, null, false, false, prompt, default);
}
