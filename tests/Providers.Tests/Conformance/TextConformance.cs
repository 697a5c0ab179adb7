using System.Text.Json.Nodes;
using Providers.Tests.Fal;
using Sandbox;

namespace Providers.Tests.Conformance;

/// <summary>
/// What every adapter of a vendor of prompts owes, whatever goes wrong: as many distinct prompts as were asked for, or a failure that says what to do; what it cost to the last
/// place; nobody's words or keys in a message. Asking again is harmless there, so nothing of it is unknown.
/// </summary>
public abstract class TextConformance(RunningSandbox sandbox, string vendor)
{
    private const string Secret = "SECRETWORDS";
    private const string AnthropicKey = "sandbox-anthropic-key";
    private const int Count = 6;

    public static TheoryData<string> AllFaults =>
    [
        .. new[]
        {
            Fault.RateLimit, Fault.Ingress, Fault.Balance, Fault.LostAnswer, Fault.NoAnswer, Fault.Policy, Fault.ModelError, Fault.ModelTimeout, Fault.NoMedia, Fault.NotJson, Fault.ShortAnswer,
        }.Select(Faults.Name),
    ];

    [Fact]
    public async Task As_many_as_were_asked_for_arrive_and_cost_what_the_bill_says()
    {
        using var rig = Rig();
        var before = await DollarsAsync();
        var finished = Assert.IsType<ProviderResult.Finished>(await AskAsync(rig, "woman in a red dress, 35mm"));
        Good(finished);
        Assert.All(finished.Outputs, output => Assert.Null(output.By));
        Assert.NotNull(finished.RequestId);
        Assert.Equal(await DollarsAsync() - before, finished.ReportedCost);
        Assert.True(finished.ReportedCost > 0);
    }

    [Theory]
    [MemberData(nameof(AllFaults))]
    public async Task Whatever_goes_wrong_there_are_prompts_or_a_reason(string fault)
    {
        using var rig = Rig(fault == "no_answer" ? [("Anthropic:CallTimeout", "00:00:02"), ("OpenAI:Prompts:CallTimeout", "00:00:02")] : []);
        var before = await DollarsAsync();
        switch (await AskAsync(rig, $"{Secret} woman in a red dress [fault: {fault}]"))
        {
            case ProviderResult.Finished finished:
                Good(finished);
                Assert.Equal(await DollarsAsync() - before, finished.ReportedCost);
                Assert.Contains(finished.Outputs, output => output.By == ProviderNames.Local);
                break;
            case ProviderResult.Failed { Failure: var failure }:
                Assert.DoesNotContain(Secret, failure.Message, StringComparison.Ordinal);
                Assert.All(new[] { AnthropicKey, RunningSandbox.OpenAiKey }, key => Assert.DoesNotContain(key, failure.Message, StringComparison.Ordinal));
                Assert.NotEqual(Contracts.Generation.FailureKind.OutcomeUnknown, failure.Kind);
                // What a refusal costs is not booked.
                Assert.True(await DollarsAsync() == before || fault == "policy", fault);
                Assert.True(fault != "rate_limit" || failure.RetryAfter == TimeSpan.FromSeconds(1), $"{failure.RetryAfter}");
                break;
            case var other:
                Assert.Fail($"{fault} ended as {other}.");
                break;
        }
    }

    [Fact]
    public async Task Where_nobody_is_it_counts_as_down()
    {
        const string Nobody = "http://127.0.0.1:9";
        using var rig = Rig(("Anthropic:BaseUrl", Nobody), ("OpenAI:BaseUrl", Nobody));
        Assert.Equal(Contracts.Generation.FailureKind.ProviderDown, Assert.IsType<ProviderResult.Failed>(await AskAsync(rig, "p")).Failure.Kind);
    }

    [Fact]
    public async Task A_wrong_key_is_the_account_s_matter_and_so_is_none()
    {
        using var wrong = Rig(("Anthropic:ApiKey", "wrong"), ("OpenAI:ApiKey", "wrong"));
        Assert.Equal(Contracts.Generation.FailureKind.Unauthorized, Assert.IsType<ProviderResult.Failed>(await AskAsync(wrong, "p")).Failure.Kind);
        using var none = Rig(("Anthropic:ApiKey", ""), ("OpenAI:ApiKey", ""));
        Assert.Equal(Contracts.Generation.FailureKind.Unauthorized, Assert.IsType<ProviderResult.Failed>(await AskAsync(none, "p")).Failure.Kind);
    }

    private static void Good(ProviderResult.Finished finished)
    {
        Assert.Equal(Count, finished.Outputs.Select(output => output.Text).Distinct().Count());
        Assert.All(finished.Outputs, output => Assert.False(string.IsNullOrWhiteSpace(output.Text)));
    }

    private Task<ProviderResult> AskAsync(Rig rig, string prompt) => rig.Get<ProviderRegistry>().Find(vendor)!.SubmitAsync(
        new PromptsRequest(7, $"conformance-{Guid.NewGuid():N}", 1, prompt, Count, "i2i", null, null, [], null, null), CancellationToken.None);

    private Rig Rig(params (string Key, string? Value)[] settings) => sandbox.Rig(
        [.. settings.Concat([(Key: "Anthropic:ApiKey", Value: (string?)AnthropicKey), (Key: "Anthropic:BaseUrl", Value: sandbox.Address.AbsoluteUri)]).DistinctBy(setting => setting.Key)]);

    private async Task<decimal> DollarsAsync() => (await sandbox.BillAsync())["providers"]![vendor]!["dollars"]!.GetValue<decimal>();
}

public sealed class AnthropicConformance(RunningSandbox sandbox) : TextConformance(sandbox, ProviderNames.Anthropic), IClassFixture<RunningSandbox>;

public sealed class OpenAiTextConformance(RunningSandbox sandbox) : TextConformance(sandbox, ProviderNames.OpenAi), IClassFixture<RunningSandbox>;
