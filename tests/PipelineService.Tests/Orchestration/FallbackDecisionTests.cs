using Contracts.Generation;
using PipelineService.Orchestration;
using PipelineService.Pipelines;

namespace PipelineService.Tests.Orchestration;

/// <summary>When somebody else is asked, and who.</summary>
public sealed class FallbackDecisionTests
{
    [Theory]
    [InlineData(ResultMeaning.Fail, FailureKind.ProviderDown, false, true)]
    [InlineData(ResultMeaning.Fail, FailureKind.TimedOut, false, true)]
    [InlineData(ResultMeaning.Fail, FailureKind.BadResponse, false, true)]
    [InlineData(ResultMeaning.Fail, FailureKind.ContentRefused, false, false)]
    [InlineData(ResultMeaning.Fail, FailureKind.InvalidRequest, false, false)]
    [InlineData(ResultMeaning.Fail, FailureKind.SourceMissing, false, false)]
    [InlineData(ResultMeaning.Fail, FailureKind.OutcomeUnknown, false, false)]
    [InlineData(ResultMeaning.Fail, FailureKind.Internal, false, false)]
    [InlineData(ResultMeaning.PauseForAccount, FailureKind.Unauthorized, false, true)]
    [InlineData(ResultMeaning.Requeue, FailureKind.ProviderDown, true, true)]
    [InlineData(ResultMeaning.Requeue, FailureKind.ProviderDown, false, false)]
    [InlineData(ResultMeaning.Requeue, FailureKind.RateLimited, false, false)]
    [InlineData(ResultMeaning.Cancel, FailureKind.ProviderDown, false, false)]
    [InlineData(ResultMeaning.Drop, FailureKind.ProviderDown, false, false)]
    public void Only_what_is_the_provider_s_own_fault_and_surely_not_bought_is_asked_of_another(ResultMeaning meaning, FailureKind kind, bool excused, bool expected) =>
        Assert.Equal(expected, ItemDecisions.FallsBack(new ResultDecision(meaning), new ItemFailure(kind, "") { Excused = excused }));

    [Fact]
    public void A_success_is_asked_of_nobody_else() => Assert.False(ItemDecisions.FallsBack(new ResultDecision(ResultMeaning.Succeed), null));

    [Theory]
    [InlineData("fal", "kling", "replicate")]
    [InlineData("FAL", "kling", "replicate")]
    [InlineData("replicate", "kling", "openai")]
    [InlineData("openai", "kling", null)]
    [InlineData("somebody", "kling", null)]
    [InlineData("fal", "wan", null)]
    public void They_are_asked_in_their_order_for_what_the_step_asks(string provider, string model, string? next) =>
        Assert.Equal(next, StepFallback.After(Step("replicate", "openai"), new GenerationParameters(model), provider)?.Provider);

    [Fact]
    public void Without_leave_nobody_is_asked() => Assert.Null(StepFallback.After(Step(), new GenerationParameters("kling"), "fal"));

    private static Step Step(params string[] others) => new()
    {
        TenantId = 1, PipelineId = 1, StepType = "i2v", StepOrder = 1, Config = new StepConfig(), CreatedAt = default, Provider = "fal", Resolved = new GenerationParameters("kling"),
        Fallbacks = others.Length == 0 ? null : [.. others.Select(other => new StepFallback(other, new GenerationParameters("kling"), 0.3m))],
    };
}
